// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.ServerUnderTest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Protocol that says what only the room, a moderator or an invited person may say. */
class ForgeryE2E {
    @RegisterExtension
    static final ServerUnderTest HOME = Pair.HOME;

    @RegisterExtension
    static final ServerUnderTest AWAY = Pair.AWAY;

    private static final Map<Origin, XmppClient> FORGERS = new EnumMap<>(Origin.class);

    private static Scene shared;

    @BeforeAll
    static void furnish() throws Exception {
        Pair.furnish();
    }

    /** In a message and in a presence; "%s" is the room. */
    static Stream<Arguments> wordsOfTheRoom() {
        List<String> forged = List.of(
                "<stanza-id xmlns='urn:xmpp:sid:0' by='%s' id='forged'/>",
                "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/><occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged2'/>",
                "<delay xmlns='urn:xmpp:delay' from='%s' stamp='2001-01-01T00:00:00Z'>forged</delay>",
                "<delay xmlns='urn:xmpp:delay' stamp='2001-01-01T00:00:00Z'>forged</delay>",
                "<moderated xmlns='urn:xmpp:message-moderate:1' by='%s/forged'/>",
                "<retracted xmlns='urn:xmpp:message-retract:1' id='forged' stamp='2001-01-01T00:00:00Z'/>",
                "<retract xmlns='urn:xmpp:message-retract:1' id='forged'><moderated xmlns='urn:xmpp:message-moderate:1'/></retract>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='forged'><moderated xmlns='urn:xmpp:message-moderate:0'><retract xmlns='urn:xmpp:message-retract:0'/></moderated></apply-to>",
                "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='owner' role='moderator' nick='forged'/><status code='110'/></x>",
                "<hats xmlns='urn:xmpp:hats:0'><hat title='forged' uri='urn:forged'/></hats>");
        return forged.stream()
                .flatMap(xml -> Stream.of(Arguments.of(Origin.LOCAL, xml), Arguments.of(Origin.REMOTE, xml)));
    }

    @ParameterizedTest
    @MethodSource("wordsOfTheRoom")
    void nobodySpeaksInTheRoomsName(Origin origin, String forged) throws Exception {
        String xml = forged.replace("%s", room().room);
        XmppClient forger = forger(origin);
        String body = "a message with more in it " + XmppClient.nextId();
        forger.send("<message id='%s' to='%s' type='groupchat'><body>%s</body>%s</message>"
                .formatted(XmppClient.nextId(), room().room, body, xml));
        String status = "a status with more in it " + XmppClient.nextId();
        forger.send(
                "<presence to='%s/%s'><status>%s</status>%s</presence>".formatted(room().room, origin, status, xml));

        String message = Care.awaited(room(), body);
        assertThat(message).doesNotContain("forged");
        assertThat(message.split("<stanza-id", -1)).hasSize(2);
        assertThat(message.split("<occupant-id", -1)).hasSize(2);
        String presence = Care.awaited(room(), status);
        assertThat(presence).doesNotContain("forged").doesNotContain("affiliation='owner'", "affiliation=\"owner\"");
        assertThat(presence.split("<occupant-id", -1)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusOfAStrangeTypeIsJudgedLikeAnyOther(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.WORDS)) {
            XmppClient one = scene.enter(origin, "Odd");
            for (String type : List.of("subscribe", "subscribed", "probe", "error", "unavailable")) {
                one.send("<presence id='%s' to='%s/Odd' type='%s'><status>%s</status></presence>"
                        .formatted(XmppClient.nextId(), scene.room, type, Policy.LISTED));
            }
            scene.settle(one);
            assertThat(scene.heard(Policy.LISTED)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhoMayRetractsBothWaysOfAskingAndOldIdsAreNotReplayed(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN)) {
            XmppClient author = scene.enter(origin, "Author");
            XmppClient participant = scene.enter(origin, "Participant");
            XmppClient outside = scene.kept(Pair.somebody(origin));
            XmppClient was = scene.enter(origin, "Was");
            scene.affiliate(was, "admin");
            scene.affiliate(was, "none");
            XmppClient banned = scene.enter(origin, "Banned");
            scene.asOwner().banUser(JidCreate.bareFrom(Scene.bare(banned)), "go");
            XmppClient visitor = scene.enter(origin, "Visitor");
            scene.asOwner().revokeVoice(Resourcepart.from("Visitor"));
            String id = Care.stanzaId(Care.said(scene, author, "still here " + XmppClient.nextId()));

            for (XmppClient one : List.of(author, participant, outside, was, banned, visitor)) {
                assertThat(error(one, scene.room, Care.moderate(id))).isEqualTo(StanzaError.Condition.forbidden);
                assertThat(error(one, scene.room, Care.moderateOlder(id))).isEqualTo(StanzaError.Condition.forbidden);
            }
            assertThat(scene.heard("<retract")).isZero();

            // An admin of the room need not be inside.
            scene.affiliate(outside, "admin");
            assertThat(outside.request("set", scene.room, Care.moderate(id)).getType())
                    .isEqualTo(IQ.Type.result);
            Care.awaited(scene, "<apply-to");
            assertThat(outside.request("set", scene.room, Care.moderateOlder(id))
                            .getType())
                    .isEqualTo(IQ.Type.result);
            assertThat(scene.heard("<apply-to")).as("announced once").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheRoomsOwnIdOfItsOwnMessageNamesIt(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN);
                Scene other = new Scene(Policy.PLAIN)) {
            XmppClient author = scene.enter(origin, "Author");
            author.join(other.room, "Author");
            String elsewhere = Care.stanzaId(Care.said(other, author, "in another room " + XmppClient.nextId()));
            String own = XmppClient.nextId();
            author.send(("<message id='%1$s' to='%2$s' type='groupchat'><body>%1$s</body>"
                            + "<origin-id xmlns='urn:xmpp:sid:0' id='origin-%1$s'/></message>")
                    .formatted(own, scene.room));
            String message = Care.awaited(scene, own);
            for (String id : List.of("no-such-id", elsewhere, own, "origin-" + own)) {
                assertThat(error(scene.owner, scene.room, Care.moderate(id)))
                        .as(id)
                        .isEqualTo(StanzaError.Condition.item_not_found);
                assertThat(error(scene.owner, scene.room, Care.moderateOlder(id)))
                        .isEqualTo(StanzaError.Condition.item_not_found);
            }
            for (String id : List.of("", "x".repeat(300))) {
                assertThat(error(scene.owner, scene.room, Care.moderate(id)))
                        .isEqualTo(StanzaError.Condition.bad_request);
            }
            assertThat(scene.heard("<retract")).isZero();
            assertThat(other.heard("<retract")).isZero();
            assertThat(scene.owner
                            .request("set", scene.room, Care.moderate(Care.stanzaId(message)))
                            .getType())
                    .isEqualTo(IQ.Type.result);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOwnersWordsAreNotAModeratorsToTakeBackButAModeratorsOwnAre(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN)) {
            XmppClient moderator = scene.enter(origin, "Moderator");
            scene.asOwner().grantModerator(Resourcepart.from("Moderator"));
            String owners = Care.stanzaId(Care.said(scene, scene.owner, "an owner's words " + XmppClient.nextId()));
            String own = Care.stanzaId(Care.said(scene, moderator, "a moderator's words " + XmppClient.nextId()));
            assertThat(error(moderator, scene.room, Care.moderate(owners))).isEqualTo(StanzaError.Condition.forbidden);
            assertThat(moderator.request("set", scene.room, Care.moderate(own)).getType())
                    .isEqualTo(IQ.Type.result);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyDeclinesWhoWasNotInvitedAndARoomCarriesNoWordsToStrangers(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN, "allowinvites")) {
            XmppClient forger = scene.kept(Pair.somebody(origin));
            XmppClient victim = scene.kept(Pair.somebody(Origin.LOCAL));
            String decline = "<message id='%s' to='%s'><x xmlns='http://jabber.org/protocol/muc#user'>"
                    + "<decline to='%s'><reason>forged decline</reason></decline></x></message>";
            for (String to : List.of(scene.room, scene.room + "/x")) {
                for (XmppClient whom : List.of(victim, scene.owner, scene.bystander)) {
                    String id = XmppClient.nextId();
                    forger.send(decline.formatted(id, to, Scene.bare(whom)));
                    assertThat(scene.refusal(forger, id).getCondition()).isEqualTo(StanzaError.Condition.forbidden);
                }
            }
            scene.heard();
            victim.sync();
            for (XmppClient whom : List.of(victim, scene.owner, scene.bystander)) {
                assertThat(whom.received())
                        .noneMatch(stanza -> Scene.xml(stanza).contains("forged decline"));
            }

            scene.owner.send(
                    "<message to='%s'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='%s'/></x></message>"
                            .formatted(scene.room, Scene.bare(forger)));
            forger.await(stanza -> Scene.xml(stanza).contains("<invite"));
            forger.send(decline.formatted(XmppClient.nextId(), scene.room, Scene.bare(scene.owner))
                    .replace("forged decline", "honest decline"));
            scene.owner.await(stanza -> Scene.xml(stanza).contains("honest decline"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void invitationsAreLimitedAndJudgedThroughTheRoomAndPastIt(Origin origin) throws Exception {
        try (Scene flood = new Scene(Policy.FLOOD, "allowinvites");
                Scene words = new Scene(Policy.WORDS, "allowinvites")) {
            XmppClient victim = flood.kept(Pair.somebody(Origin.LOCAL));
            String direct = "<message id='%s' to='%s'><x xmlns='jabber:x:conference' jid='%s' reason='%s'/></message>";
            String mediated =
                    "<message id='%s' to='%s'><x xmlns='http://jabber.org/protocol/muc#user'>%s</x></message>";
            String invite = "<invite to='%s'><reason>%s</reason></invite>";

            XmppClient one = flood.enter(origin, "Inviter");
            one.join(words.room, "Inviter");
            Allowance allowance = new Allowance();
            for (int i = 0; i < 12; i++) {
                one.send(direct.formatted(XmppClient.nextId(), Scene.bare(victim), flood.room, "direct flood"));
                one.send(mediated.formatted(
                        XmppClient.nextId(),
                        flood.room,
                        invite.formatted(Scene.bare(victim), "mediated flood").repeat(5)));
            }
            flood.settle(one);
            flood.heard();
            victim.sync();
            long directs = invitations(victim, "direct flood");
            long mediateds = invitations(victim, "mediated flood");
            assertThat(directs + mediateds / 5 * 5).isLessThanOrEqualTo(allowance.of(3) + 5);

            String id = XmppClient.nextId();
            one.send(direct.formatted(id, Scene.bare(victim), words.room, Policy.LISTED));
            assertThat(words.refusal(one, id).getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
            id = XmppClient.nextId();
            one.send(mediated.formatted(id, words.room, invite.formatted(Scene.bare(victim), Policy.LISTED)));
            assertThat(words.refusal(one, id).getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
            victim.sync();
            assertThat(invitations(victim, Policy.LISTED)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsAndWhatBastionSaysItselfAreNeverAnsweredOrJudged(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.HELD)) {
            XmppClient one = scene.enter(origin, "Echo");
            String id = one.sendMessage(scene.room, "groupchat", "held for a moment");
            assertThat(scene.answer(one, id).getType())
                    .as("delivered once, after the wait")
                    .isEqualTo(Message.Type.groupchat);
            one.forget();
            for (String to : List.of(scene.room, scene.room + "/Bystander", "conference." + Pair.HOME_DOMAIN)) {
                one.send(
                        "<message id='err' type='error' to='%s'><body>x</body><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
                                .formatted(to));
                one.send(
                        "<presence id='err' type='error' to='%s'><error type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>"
                                .formatted(to));
                one.send(
                        "<iq id='err' type='error' to='%s'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
                                .formatted(to));
                one.send("<iq id='err' type='result' to='%s'/>".formatted(to));
            }
            scene.settle(one);
            assertThat(one.received()).noneMatch(stanza -> "err".equals(stanza.getStanzaId()));
            assertThat(scene.heard("held for a moment")).isEqualTo(1);
        }
    }

    private static Scene room() throws Exception {
        if (shared == null) {
            shared = new Scene(Policy.PLAIN);
        }
        return shared;
    }

    private static XmppClient forger(Origin origin) throws Exception {
        if (!FORGERS.containsKey(origin)) {
            FORGERS.put(origin, room().enter(origin, origin.toString()));
        }
        return FORGERS.get(origin);
    }

    @AfterAll
    static void leave() {
        if (shared != null) {
            shared.close();
            shared = null;
            FORGERS.clear();
        }
    }

    private static long invitations(XmppClient client, String words) {
        return client.received().stream()
                .filter(stanza -> Scene.xml(stanza).contains(words))
                .count();
    }

    private static StanzaError.Condition error(XmppClient client, String room, String payload) throws Exception {
        IQ answer = client.request("set", room, payload);
        assertThat(answer.getType()).as(Scene.xml(answer)).isEqualTo(IQ.Type.error);
        return answer.getError().getCondition();
    }
}
