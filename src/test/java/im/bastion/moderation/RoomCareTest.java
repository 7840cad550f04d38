// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Gate;
import im.bastion.host.StanzaXml;
import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.archive.RoomIds;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions.Wish;
import im.bastion.moderation.statistics.What;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** What the parts of moderation do together, through the gate: holding, muting, slow mode, ladders, reports, a reload. */
class RoomCareTest {
    private static final JID KIM = new JID("kim@away.example/phone");
    private static final JID LEE = new JID("lee@away.example/desk");
    private static final String SPAM = "Win a thousand dollars at our new casino tonight, no deposit, no risk";

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final MemoryPolicyStore policies = new MemoryPolicyStore();
    private final MemoryRecords records = new MemoryRecords();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private ModerationFeature feature;
    private Subscription watching;
    private JID den;

    @BeforeEach
    void furnish() {
        den = host.rooms().create("den", host.users().register("owner"));
        host.rooms().enter(den, KIM, "Kim");
        host.rooms().enter(den, LEE, "Lee");
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        open();
    }

    @AfterEach
    void shut() {
        close();
        settings.close();
        host.close();
    }

    private void open() {
        Clock clock = Clock.systemUTC();
        feature = new ModerationFeature(
                host, settings, policies, audit::add, counters, new Health(clock), clock, records);
        feature.start();
        watching = host.traffic()
                .watch(new Gate(
                        host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters));
    }

    private void close() {
        watching.close();
        feature.close();
    }

    private void rule(String name, Mode mode, String body) {
        policies.change(new RuleId("moderation." + name), mode, body.replace('\'', '"'), "admin");
    }

    private boolean sends(JID who, String stanza) {
        Element xml = StanzaXml.parse(stanza.replace("DEN", den.toString()));
        Packet packet = xml.getName().equals("message")
                ? new Message(xml, true)
                : xml.getName().equals("presence") ? new Presence(xml, true) : new IQ(xml, true);
        packet.setFrom(who);
        return host.traffic().fromElsewhere(packet);
    }

    private boolean says(JID who, String body) {
        return sends(who, "<message type='groupchat' id='m' to='DEN'><body>" + body + "</body></message>");
    }

    private void impose(Sanction.Kind kind, JID person) {
        feature.services()
                .sanctions()
                .impose(
                        new Wish(kind, den, person.asBareJID(), Duration.ofHours(1), null, "", "noise", "owner"),
                        (imposed, refused) -> {});
        Awaitility.await().until(() -> audit.stream().anyMatch(e -> e.action().equals("sanction-imposed")));
    }

    private long bodies() {
        return host.stanzas().sent().stream()
                .filter(sent -> sent instanceof Message message && message.getType() == Message.Type.groupchat)
                .count();
    }

    @Test
    void whoIsMutedReactsWithNothingAndShowsNoStatusButTypes() {
        impose(Sanction.Kind.MUTE, KIM);
        String to = " type='groupchat' to='DEN'>";
        assertThat(says(KIM, "hello")).isFalse();
        assertThat(sends(
                        KIM,
                        "<message" + to
                                + "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>\uD83D\uDCA9</reaction>"
                                + "</reactions></message>"))
                .isFalse();
        assertThat(sends(KIM, "<presence to='DEN/Kim'><status>I am muted, see?</status></presence>"))
                .isFalse();
        assertThat(sends(KIM, "<presence to='DEN/Kim'><show>away</show></presence>"))
                .isTrue();
        assertThat(sends(KIM, "<message" + to + "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>"))
                .isTrue();
        assertThat(says(LEE, "hello")).isTrue();
    }

    @Test
    void whatIsHeldOfSomebodyWhoIsMutedMeanwhileIsNeverDelivered() {
        rule("hold", Mode.ENFORCE, "{'seconds':300}");
        assertThat(says(KIM, "wait for it")).isFalse();
        assertThat(says(LEE, "hello")).isFalse();
        assertThat(feature.services().holds().waiting(den)).hasSize(2);
        impose(Sanction.Kind.MUTE, KIM);
        assertThat(feature.services().holds().waiting(den)).singleElement().satisfies(left -> assertThat(left.person())
                .isEqualTo(LEE.asBareJID()));
        feature.close();
        assertThat(bodies()).as("the rest is delivered at the end").isEqualTo(1);
    }

    @Test
    void whatWasHeldIsKnownOnceItIsDeliveredAndCanBeTakenBack() {
        rule("hold", Mode.ENFORCE, "{'seconds':1}");
        says(KIM, "hello");
        Awaitility.await().until(() -> bodies() == 1);
        RoomIds ids = new RoomIds(host.properties(), host.rooms());
        String stanzaId = RoomIds.stanzaId(
                host.stanzas().sent().get(host.stanzas().sent().size() - 1).getElement(), den.toString());
        String report = "<iq type='set' id='r' to='DEN'><report-participant xmlns='urn:xmpp:gcreport:0'>"
                + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='" + ids.occupantId(den, KIM) + "'/>"
                + "<report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:spam'>"
                + "<stanza-id xmlns='urn:xmpp:sid:0' by='DEN' id='" + stanzaId
                + "'/></report></report-participant></iq>";
        sends(LEE, report);
        Awaitility.await().until(() -> feature.services().cases().open() == 1);
        assertThat(open(den).stanzaId()).isEqualTo(stanzaId).isNotEmpty();
    }

    private Case open(JID room) {
        return feature.services()
                .cases()
                .latest(room, Case.State.OPEN, Instant.now().plusSeconds(60), 1)
                .get(0);
    }

    @Test
    void whatIsHeldOfAWaveIsDroppedWhenTheWaveIsSeen() {
        rule("wave", Mode.ENFORCE, "{}");
        rule("hold", Mode.ENFORCE, "{'seconds':300}");
        for (int i = 0; i < 3; i++) {
            assertThat(says(new JID("s" + i + "@bad.example/x"), SPAM)).isFalse();
        }
        assertThat(says(LEE, "What a nice evening it is today")).isFalse();
        assertThat(feature.services().holds().size()).isEqualTo(4);
        says(new JID("s3@bad.example/x"), SPAM);
        assertThat(feature.services().holds().waiting(den))
                .extracting(waiting -> waiting.person().toString())
                .containsExactly("lee@away.example");
    }

    @Test
    void aReloadAmidAWaveLosesNothingHonestAndTheWaveIsSeenAgain() {
        rule("wave", Mode.ENFORCE, "{}");
        rule("hold", Mode.ENFORCE, "{'seconds':300}");
        says(LEE, "What a nice evening it is today");
        for (int i = 0; i < 6; i++) {
            says(new JID("s" + i + "@bad.example/x"), SPAM);
        }
        assertThat(feature.services().shields().all()).hasSize(1);
        close();
        assertThat(bodies()).as("what was held of honest people").isEqualTo(1);
        open();
        assertThat(feature.services().shields().all()).isEmpty();
        Awaitility.await().until(() -> {
            says(new JID("t" + System.nanoTime() + "@bad.example/x"), SPAM);
            return !feature.services().shields().all().isEmpty();
        });
        close();
        assertThat(bodies()).as("nothing of the wave").isEqualTo(1);
        open();
    }

    @Test
    void aRoomIsToldWhenItsSlowModeChanges() {
        rule("slow", Mode.OFF, "{'type':'slow-mode','seconds':20,'rooms':['" + den + "']}");
        host.rooms().create("attic", new JID("owner", host.domain(), null));
        rule("slow", Mode.ENFORCE, "{'type':'slow-mode','seconds':20,'rooms':['" + den + "']}");
        Awaitility.await().until(() -> told104() == 1);
        rule("slow", Mode.ENFORCE, "{'type':'slow-mode','seconds':20,'rooms':['" + den + "'],'note':'same'}");
        rule("slow", Mode.ENFORCE, "{'type':'slow-mode','seconds':30,'rooms':['" + den + "']}");
        Awaitility.await().until(() -> told104() == 2);
        rule("slow", Mode.OFF, "{'type':'slow-mode','seconds':30}");
        Awaitility.await().until(() -> told104() == 3);
        assertThat(host.roomActions().broadcast())
                .allMatch(message -> message.getFrom().equals(den));
    }

    private long told104() {
        return host.roomActions().broadcast().stream()
                .filter(message -> message.toXML().contains("code=\"104\""))
                .count();
    }

    @Test
    void aLadderThatObservesSaysWhatItWouldImpose() {
        rule("listed-phrase", Mode.OBSERVE, "{'phrases':['buy pills']}");
        rule("ladder", Mode.OBSERVE, "{'warn':2}");
        assertThat(says(KIM, "buy pills")).isTrue();
        assertThat(says(KIM, "buy pills")).isTrue();
        assertThat(audit)
                .filteredOn(event -> event.action().equals("sanction-would-follow"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.mode()).isEqualTo(Mode.OBSERVE);
                    assertThat(event.rule()).isEqualTo(new RuleId("moderation.ladder"));
                    assertThat(event.detail()).contains("WARN", "kim@away.example");
                });
        assertThat(feature.services().scores().all())
                .filteredOn(score -> score.rule().value().equals("moderation.ladder"))
                .singleElement()
                .satisfies(score -> assertThat(score.observed()).isEqualTo(1));
        assertThat(host.stanzas().sent()).isEmpty();
    }

    @Test
    void reportsWithARequestToBlockAreAnnouncedAndProveWhatTheyName() {
        assertThat(features()).contains("urn:xmpp:reporting:1");
        says(KIM, "hello");
        Message said = new Message();
        said.setFrom(KIM);
        said.setTo(den);
        said.setType(Message.Type.groupchat);
        said.setBody("buy pills");
        host.traffic().fromElsewhere(said);
        String stanzaId = RoomIds.stanzaId(said.getElement(), den.toString());
        JID user = new JID(host.users().register("user") + "/desk");
        IQ block = new IQ(
                StanzaXml.parse("<iq type='set' id='b'><block xmlns='urn:xmpp:blocking'><item jid='" + den + "/Kim'>"
                        + "<report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:abuse'>"
                        + "<stanza-id xmlns='urn:xmpp:sid:0' by='" + den + "' id='" + stanzaId + "'/></report>"
                        + "</item></block></iq>"),
                true);
        block.setFrom(user);
        host.traffic().fromClient(block, user);
        Awaitility.await().until(() -> feature.services().cases().open() == 1);
        assertThat(open(den).stanzaId()).isEqualTo(stanzaId).isNotEmpty();
        settings.set(ModerationSettings.MODE, Mode.OFF);
        assertThat(features()).doesNotContain("urn:xmpp:reporting:1");
    }

    private String features() {
        IQ asked = new IQ(
                StanzaXml.parse("<iq type='get' id='d' to='" + host.domain() + "' from='user@" + host.domain()
                        + "'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>"),
                true);
        return host.iqServices().ask(asked).toXML();
    }

    @Test
    void whatRulesFindAndPeopleDecideIsCountedByRuleAndRoom() {
        rule("listed-phrase", Mode.ENFORCE, "{'phrases':['buy pills']}");
        Instant before = Instant.now().minusSeconds(60);
        says(KIM, "buy pills");
        says(KIM, "buy pills");
        says(LEE, "buy pills");
        var cases = feature.services().cases();
        Awaitility.await()
                .until(() -> cases.latest(den, null, Instant.now().plusSeconds(60), 9)
                                .size()
                        == 2);
        cases.resolve(
                cases.latest(den, null, Instant.now().plusSeconds(60), 1).get(0).reference(),
                Case.State.OVERTURNED,
                "owner");
        var byRule = feature.services().statistics().byRule().since(before).get("moderation.listed-phrase");
        assertThat(byRule.of(What.REFUSED)).isEqualTo(3);
        assertThat(byRule.of(What.OVERTURNED)).isEqualTo(1);
        var byRoom = feature.services().statistics().byRoom().since(before).get(den.toString());
        assertThat(byRoom.findings()).isEqualTo(3);
        assertThat(byRoom.of(What.CASE)).isEqualTo(2);
    }

    @Test
    void whatAnOlderVersionDidSpeaksNotAgainstTheNewerOne() {
        rule("listed-phrase", Mode.ENFORCE, "{'phrases':['buy pills']}");
        for (int i = 0; i < 6; i++) {
            says(new JID("p" + i + "@away.example/x"), "buy pills");
        }
        var cases = feature.services().cases();
        Awaitility.await()
                .until(() -> cases.latest(den, null, Instant.now().plusSeconds(60), 9)
                                .size()
                        == 6);
        rule("listed-phrase", Mode.ENFORCE, "{'phrases':['buy pills now']}");
        says(KIM, "buy pills now");
        cases.latest(den, null, Instant.now().plusSeconds(60), 9).stream()
                .filter(one -> one.ruleVersion() == 1)
                .forEach(one -> cases.resolve(one.reference(), Case.State.OVERTURNED, "owner"));
        assertThat(feature.services().watch().suspensions()).isEmpty();
        assertThat(feature.services().scores().all().get(0).overturned()).isZero();
    }
}
