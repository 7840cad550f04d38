// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.parts.Resourcepart;

/** Who is out of reach, and what nobody in a room learns about anybody. */
class PrivacyE2E {
    @RegisterExtension
    static final ServerUnderTest HOME = Pair.HOME;

    @RegisterExtension
    static final ServerUnderTest AWAY = Pair.AWAY;

    @BeforeAll
    static void furnish() throws Exception {
        Pair.furnish();
    }

    @ParameterizedTest
    @EnumSource
    void anExemptionIsLostWithTheAffiliationOrTheRole(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.WORDS)) {
            XmppClient one = scene.enter(origin, "One");
            assertThat(scene.takes(one, Policy.LISTED)).isFalse();
            for (String affiliation : List.of("member", "admin", "owner")) {
                scene.affiliate(one, affiliation);
                assertThat(scene.takes(one, Policy.LISTED)).as(affiliation).isTrue();
            }
            scene.affiliate(one, "none");
            assertThat(scene.takes(one, Policy.LISTED)).isFalse();
            scene.asOwner().grantModerator(Resourcepart.from("One"));
            assertThat(scene.takes(one, Policy.LISTED)).as("moderator").isTrue();
            scene.asOwner().revokeModerator(Resourcepart.from("One"));
            assertThat(scene.takes(one, Policy.LISTED)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsExemptIsNotSlowedDownByAFloodOfTheirOwn(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.STRICT)) {
            XmppClient member = scene.kept(Pair.somebody(origin));
            scene.affiliate(member, "member");
            member.join(scene.room, "Member");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ids.add(member.sendMessage(scene.room, "groupchat", "notes of the meeting " + i));
            }
            for (String id : ids) {
                assertThat(Scene.isRefused(scene.answer(member, id))).isFalse();
            }
        }
    }

    @Test
    void theLastOwnerAndTheExemptAreNotSanctioned() throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN);
                XmppClient admin = XmppClient.connect(HOME.get(), ServerOptions.ADMIN, "desk")) {
            for (String command : List.of("ban", "kick", "mute", "warn")) {
                IQ answer = Care.command(
                        admin, scene.room, command, "person", Scene.bare(scene.owner), "reason", "x", "minutes", "5");
                assertThat(answer.getType()).isEqualTo(IQ.Type.error);
                assertThat(Scene.xml(answer)).contains("only owner");
            }
            XmppClient second = scene.enter(Origin.REMOTE, "Second");
            scene.affiliate(second, "admin");
            for (XmppClient who : List.of(second, admin)) {
                IQ answer = Care.command(
                        scene.owner, scene.room, "ban", "person", Scene.bare(who), "reason", "x", "minutes", "5");
                assertThat(Scene.xml(answer)).contains("out of reach");
            }
            assertThat(scene.takes(scene.owner, "still here")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyInASemiAnonymousRoomLearnsARealAddressOrWhoModerates(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.WORDS, "whois=moderators")) {
            XmppClient author = scene.enter(origin, "Author");
            XmppClient reporter = scene.enter(origin, "Reporter");
            String said = Care.said(scene, author, "about to be retracted " + XmppClient.nextId());
            assertThat(scene.takes(author, Policy.LISTED)).isFalse();
            reporter.request(
                    "set",
                    scene.room,
                    Care.report(scene.room, Care.occupantId(said), Care.stanzaId(said), "look at that"));
            scene.owner.request("set", scene.room, Care.moderate(Care.stanzaId(said)));
            Care.command(scene.owner, scene.room, "mute", "person", "Author", "reason", "shouting", "minutes", "5");
            author.await(stanza -> Scene.xml(stanza).contains("You cannot speak"));
            Care.command(author, scene.room, "my-sanctions");
            Care.command(scene.owner, scene.room, "kick", "person", "Author", "reason", "still shouting");
            Care.awaited(scene, "307");
            scene.heard();

            List<XmppClient> all = List.of(scene.bystander, author, reporter);
            for (XmppClient who : all) {
                for (XmppClient of : List.of(author, reporter, scene.owner)) {
                    if (who != of) {
                        assertThat(fromTheRoom(scene, who)).noneMatch(xml -> xml.contains(Scene.bare(of)));
                    }
                }
                assertThat(fromTheRoom(scene, who))
                        .as("what Bastion does tells nobody who decided")
                        .noneMatch(xml ->
                                (xml.contains("<retract") || xml.contains("shouting")) && xml.contains("/Owner"));
            }
            for (String forbidden : List.of("cases", "mute", "restore", "retract-all", "rules")) {
                assertThat(Care.command(reporter, scene.room, forbidden)
                                .getError()
                                .getCondition())
                        .isEqualTo(StanzaError.Condition.forbidden);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOccupantIdIsForOneRoomAndOutlivesNamesAndVisits(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN);
                Scene other = new Scene(Policy.PLAIN)) {
            XmppClient one = scene.enter(origin, "Before");
            String first = Care.occupantId(Care.said(scene, one, "first " + XmppClient.nextId()));
            one.send("<presence to='%s/After'/>".formatted(scene.room));
            assertThat(Care.occupantId(Care.awaited(scene, scene.room + "/After")))
                    .isEqualTo(first);
            assertThat(Care.occupantId(Care.said(scene, one, "renamed " + XmppClient.nextId())))
                    .isEqualTo(first);
            one.send("<presence type='unavailable' to='%s/After'/>".formatted(scene.room));
            scene.settle(one);
            one.join(scene.room, "Again");
            assertThat(Care.occupantId(Care.said(scene, one, "back " + XmppClient.nextId())))
                    .isEqualTo(first);
            XmppClient pad = scene.kept(Pair.connect(origin, Scene.bare(one).replaceFirst("@.*", ""), "pad"));
            pad.join(scene.room, "Pad");
            assertThat(Care.occupantId(Care.said(scene, pad, "pad " + XmppClient.nextId())))
                    .isEqualTo(first);
            one.join(other.room, "Before");
            assertThat(Care.occupantId(Care.said(other, one, "there " + XmppClient.nextId())))
                    .isNotEqualTo(first);
            XmppClient somebody = scene.enter(origin, "Before");
            assertThat(Care.occupantId(Care.said(scene, somebody, "mine " + XmppClient.nextId())))
                    .isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAreNotBelievedBlindlyAndNeverNameTheReporter(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN)) {
            XmppClient author = scene.enter(origin, "Author");
            XmppClient other = scene.enter(origin, "Other");
            XmppClient reporter = scene.enter(origin, "Reporter");
            String said = Care.said(scene, author, "spam " + XmppClient.nextId());
            String others = Care.said(scene, other, "no spam " + XmppClient.nextId());
            String room = scene.room;

            for (int i = 0; i < 3; i++) {
                assertThat(reporter.request(
                                        "set",
                                        room,
                                        Care.report(room, Care.occupantId(said), Care.stanzaId(others), "theirs"))
                                .getType())
                        .isEqualTo(IQ.Type.result);
            }
            assertThat(refused(reporter, room, Care.report(room, "nobody", "", "x")))
                    .isEqualTo(StanzaError.Condition.item_not_found);
            assertThat(refused(author, room, Care.report(room, Care.occupantId(said), Care.stanzaId(said), "me")))
                    .isEqualTo(StanzaError.Condition.not_acceptable);
            assertThat(refused(
                            scene.kept(Pair.somebody(origin)), room, Care.report(room, Care.occupantId(said), "", "x")))
                    .isEqualTo(StanzaError.Condition.forbidden);
            // An owner can be reported as well; nothing is done to anybody.
            String owners = Care.said(scene, scene.owner, "an owner's words " + XmppClient.nextId());
            assertThat(other.request(
                                    "set",
                                    room,
                                    Care.report(room, Care.occupantId(owners), Care.stanzaId(owners), "abuse"))
                            .getType())
                    .isEqualTo(IQ.Type.result);
            assertThat(scene.takes(author, "still here")).isTrue();
            assertThat(scene.takes(scene.owner, "still here")).isTrue();

            StanzaError.Condition last = null;
            for (int i = 0; i < 12 && last == null; i++) {
                IQ answer = reporter.request("set", room, Care.report(room, Care.occupantId(others), "", "flood " + i));
                last = answer.getError() == null ? null : answer.getError().getCondition();
            }
            assertThat(last).isEqualTo(StanzaError.Condition.resource_constraint);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                String cases = Scene.xml(Care.command(scene.owner, room, "cases"));
                assertThat(cases).contains("Author").doesNotContain(Scene.bare(reporter), "Reporter");
            });
        }
    }

    private static StanzaError.Condition refused(XmppClient client, String room, String payload) throws Exception {
        IQ answer = client.request("set", room, payload);
        assertThat(answer.getType()).as(Scene.xml(answer)).isEqualTo(IQ.Type.error);
        return answer.getError().getCondition();
    }

    /** What the room has sent, without to whom: one's own address is no secret. */
    private static List<String> fromTheRoom(Scene scene, XmppClient client) {
        return client.received().stream()
                .filter(stanza ->
                        stanza.getFrom() != null && stanza.getFrom().toString().startsWith(scene.room))
                .map(PrivacyE2E::withoutAddressee)
                .toList();
    }

    private static String withoutAddressee(Stanza stanza) {
        return Scene.xml(stanza).replaceFirst(" to='[^']*'", "");
    }
}
