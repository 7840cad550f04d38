// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.gate.Gate;
import im.bastion.host.StanzaXml;
import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** What reaches a room besides messages, through the real gate, on the host in memory. */
class ModerationGuardTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final JID KIM = new JID("kim@away.example/phone");
    private static final JID LEE = new JID("lee@away.example");
    private static final String USER = "<x xmlns='http://jabber.org/protocol/muc#user'>";

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final MemoryPolicyStore policies = new MemoryPolicyStore();
    private final Counters counters = new Counters();
    private final ModerationFeature feature = new ModerationFeature(
            host, settings, policies, event -> {}, counters, new Health(CLOCK), CLOCK, new MemoryRecords());
    private Subscription watching;
    private JID den;

    @BeforeEach
    void start() {
        den = host.rooms().create("den", host.users().register("owner"));
        policies.change(
                new RuleId("moderation.listed-phrase"), Mode.ENFORCE, "{\"phrases\":[\"buy cheap pills\"]}", "admin");
        policies.change(new RuleId("moderation.nickname"), Mode.ENFORCE, "{\"reserved\":[\"Boss\"]}", "admin");
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        feature.start();
        watching = host.traffic()
                .watch(new Gate(
                        host.domain(),
                        host.rooms(),
                        host.serverSessions(),
                        java.util.List.of(feature.guard()),
                        counters));
        host.rooms().enter(den, KIM, "Kim");
    }

    @AfterEach
    void stop() {
        watching.close();
        feature.close();
        settings.close();
        host.close();
    }

    private boolean passes(Packet stanza, JID from) {
        stanza.setFrom(from);
        return host.traffic().fromElsewhere(stanza);
    }

    private Message message(String to, String content) {
        return new Message(StanzaXml.parse("<message to='" + to + "'>" + content + "</message>"), true);
    }

    private Presence presence(String type, String nickname, String content) {
        Element element = StanzaXml.parse("<presence to='" + den + "/" + nickname + "'>" + content + "</presence>");
        if (!type.isEmpty()) {
            element.addAttribute("type", type);
        }
        return new Presence(element, true);
    }

    private String condition() {
        Element error = host.stanzas().sent().get(0).getElement().element("error");
        return error.elements().get(0).getName();
    }

    @Test
    void onlyWhoWasInvitedDeclines() {
        String decline = USER + "<decline to='owner@home.example'><reason>no</reason></decline></x>";
        assertThat(passes(message(den.toString(), decline), LEE)).isFalse();
        assertThat(condition()).isEqualTo("forbidden");
        assertThat(passes(message(den + "/any", decline), LEE)).isFalse();
        settings.set(ModerationSettings.MODE, Mode.OBSERVE);
        assertThat(passes(message(den.toString(), decline), LEE))
                .as("observing")
                .isTrue();
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);

        assertThat(passes(message(den.toString(), USER + "<invite to='" + LEE + "'/><invite to='@'/></x>"), KIM))
                .isTrue();
        assertThat(passes(message(den.toString(), decline), LEE)).isTrue();
    }

    @Test
    void anInvitationPastTheRoomIsJudgedAsIfItWentThrough() {
        String invitation = "<x xmlns='jabber:x:conference' jid='%s' reason='%s'/>";
        assertThat(passes(message("lee@home.example", invitation.formatted(den, "buy cheap pills")), KIM))
                .isFalse();
        assertThat(condition()).isEqualTo("policy-violation");
        assertThat(passes(message("lee@home.example", invitation.formatted(den, "we talk there")), KIM))
                .isTrue();
        assertThat(passes(
                        message("lee@home.example", invitation.formatted("den@elsewhere.example", "buy cheap pills")),
                        KIM))
                .as("to a room of another server")
                .isTrue();
        assertThat(passes(message("lee@home.example", invitation.formatted(den, "buy cheap pills")), den))
                .as("the room's own copy")
                .isTrue();
        assertThat(counters.snapshot()).containsEntry("gate.faults", 0L);
    }

    @Test
    void whoeverLeavesLeavesButNotWithListedWords() {
        Presence leaving = presence("unavailable", "Kim", "<status>buy cheap pills</status>");
        assertThat(passes(leaving, KIM)).isTrue();
        assertThat(leaving.getStatus()).isNull();
        Presence kind = presence("unavailable", "Kim", "<status>good night</status>");
        assertThat(passes(kind, KIM)).isTrue();
        assertThat(kind.getStatus()).isEqualTo("good night");
        assertThat(host.stanzas().sent()).isEmpty();
    }

    @Test
    void anErrorSaysNothingButItsCondition() {
        Presence error = presence(
                "error",
                "Kim",
                "<status>buy cheap pills</status><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>buy cheap pills</text></error>");
        assertThat(passes(error, KIM)).isTrue();
        assertThat(error.toXML()).contains("gone").doesNotContain("pills");
        assertThat(host.stanzas().sent()).isEmpty();
    }

    @Test
    void anotherNicknameIsJudgedHoweverItIsAskedFor() {
        assertThat(passes(presence("", "Boss", ""), KIM)).isFalse();
        assertThat(passes(presence("", "Boss", "<x xmlns='http://jabber.org/protocol/muc'/>"), KIM))
                .isFalse();
        assertThat(passes(presence("subscribe", "Boss", ""), KIM)).isFalse();
        assertThat(passes(presence("", "Kim", "<x xmlns='http://jabber.org/protocol/muc'/>"), KIM))
                .isTrue();
    }

    @Test
    void whoIsMutedComesAndGoesWithoutAWord() throws Exception {
        CompletableFuture<Sanction> muted = new CompletableFuture<>();
        feature.services()
                .sanctions()
                .impose(
                        new Sanctions.Wish(
                                Sanction.Kind.MUTE,
                                den,
                                KIM.asBareJID(),
                                Duration.ofMinutes(5),
                                null,
                                "",
                                "shouting",
                                "admin"),
                        (sanction, refused) -> muted.complete(sanction));
        assertThat(muted.get(10, TimeUnit.SECONDS)).isNotNull();
        int told = host.stanzas().sent().size();

        Presence leaving = presence("unavailable", "Kim", "<status>I am muted, see?</status>");
        assertThat(passes(leaving, KIM)).isTrue();
        assertThat(leaving.getStatus()).isNull();
        host.rooms().leave(den, KIM);
        Presence joining = presence(
                "", "Kim", "<show>away</show><status>still here</status><x xmlns='http://jabber.org/protocol/muc'/>");
        assertThat(passes(joining, KIM)).isTrue();
        assertThat(joining.getStatus()).isNull();
        assertThat(joining.getShow()).isEqualTo(Presence.Show.away);
        assertThat(host.stanzas().sent()).hasSize(told);
    }
}
