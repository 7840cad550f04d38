// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Too much of anything that goes to a whole room, by somebody of this server and of another. */
class FloodE2E {
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
    void whoFloodsFromTwoResourcesAndNicknamesIsToldToWaitAndTheOthersGoOn(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            Allowance allowance = new Allowance();
            XmppClient phone = scene.enter(origin, "Phone");
            XmppClient pad = scene.kept(Pair.connect(origin, name(phone), "pad"));
            pad.join(scene.room, "Pad");
            List<String> ofPhone = new ArrayList<>();
            List<String> ofPad = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                ofPhone.add(phone.sendMessage(scene.room, "groupchat", "flood " + i));
                ofPad.add(pad.sendMessage(scene.room, "groupchat", "flood again " + i));
            }
            List<Stanza> refused = refused(scene, phone, ofPhone);
            refused.addAll(refused(scene, pad, ofPad));

            assertThat(refused).isNotEmpty().allSatisfy(error -> assertThat(
                            error.getError().getDescriptiveText("en"))
                    .contains("faster than this room allows", "try again in"));
            assertThat(scene.heard("flood ")).isBetween(1L, allowance.of(1));
            assertThat(scene.takes(scene.enter(origin, "Innocent"), "I only have a question"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyWhoStayBelowTheirOwnLimitFillTheRoomButSilenceNobody(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.CROWD)) {
            long begin = System.nanoTime();
            int crowd = 6;
            int each = 5;
            List<XmppClient> people = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                people.add(scene.enter(origin, "One" + i));
            }
            for (int k = 0; k < each; k++) {
                for (XmppClient one : people) {
                    ids.add(one.sendMessage(scene.room, "groupchat", "slow flood " + k));
                }
            }
            for (int i = 0; i < ids.size(); i++) {
                scene.answer(people.get(i % crowd), ids.get(i));
            }
            // The room's 20 a minute with a fourth of it at once, and one for each who has not had a share yet.
            double minutes = (System.nanoTime() - begin) / 60e9;
            assertThat(scene.heard("slow flood")).isBetween(1L, (long) (5 + 20 * minutes) + 1 + crowd);
            assertThat(scene.takes(scene.enter(origin, "Innocent"), "I only have a question"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWaveOfJoinsRaisesAShieldThatMembersDoNotNoticeAndThatLiftsItself(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.DOOR)) {
            XmppClient member = Pair.somebody(origin);
            scene.kept(member);
            scene.affiliate(member, "member");
            member.join(scene.room, "Member");
            List<XmppClient> wave = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                wave.add(scene.enter(origin, "Wave" + i));
            }
            XmppClient last = wave.get(6);
            String id = last.sendMessage(scene.room, "groupchat", "are you all asleep here?");
            assertThat(scene.refusal(last, id).getDescriptiveText("en")).contains("newcomers can take part again");
            assertThat(scene.takes(member, "I am a member")).isTrue();
            assertThat(scene.heard("asleep")).isZero();

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> scene.takes(last, "good morning, then"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneWhoJoinsAgainAndAgainRaisesNoShield(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.DOOR)) {
            XmppClient one = scene.kept(Pair.somebody(origin));
            for (int i = 0; i < 10; i++) {
                one.send("<presence to='%s/One'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
                        .formatted(scene.room));
                one.send("<presence type='unavailable' to='%s/One'/>".formatted(scene.room));
            }
            scene.settle(one);
            assertThat(scene.takes(scene.enter(origin, "Newcomer"), "hello, may I come in?"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoJoinsAndLeavesInALoopIsHeldUpAtTheDoorAlsoWhenAskingForAllHistory(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            XmppClient one = scene.kept(Pair.somebody(origin));
            Allowance allowance = new Allowance();
            String join = "<presence id='%s' to='" + scene.room + "/Loop'><x xmlns='http://jabber.org/protocol/muc'>"
                    + "<history maxstanzas='2147483647' maxchars='2147483647' since='1970-01-01T00:00:00Z'/></x></presence>";
            for (int i = 0; i < 25; i++) {
                one.send(join.formatted(XmppClient.nextId()));
                one.send("<presence type='unavailable' to='%s/Loop'/>".formatted(scene.room));
            }
            scene.settle(one);
            assertThat(heardOfJoins(scene, "Loop")).isBetween(1L, allowance.of(1));
            assertThat(one.received()).anyMatch(Scene::isRefused);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoComesInAgainWithoutLeavingIsCountedToo(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Loop");
            one.forget();
            String again = "<presence id='%s' to='" + scene.room + "/Loop'><x xmlns='http://jabber.org/protocol/muc'>"
                    + "<history maxstanzas='2147483647'/></x></presence>";
            for (int i = 0; i < 25; i++) {
                one.send(again.formatted(XmppClient.nextId()));
            }
            scene.settle(one);
            long refused = one.received().stream().filter(Scene::isRefused).count();
            assertThat(refused).isGreaterThanOrEqualTo(25 - allowance.of(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nicknamesAreNotFlippedWithoutEnd(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Nick");
            for (int i = 0; i < 15; i++) {
                one.send("<presence id='%s' to='%s/Nick%d'/>".formatted(XmppClient.nextId(), scene.room, i));
            }
            scene.settle(one);
            assertThat(scene.heard("code='303'")).isBetween(1L, allowance.of(2));
            assertThat(one.received()).anyMatch(Scene::isRefused);
        }
    }

    @ParameterizedTest
    @EnumSource
    void statusesAreNotFlippedWithoutEnd(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Status");
            for (int i = 0; i < 40; i++) {
                one.send("<presence id='%s' to='%s/Status'><status>state %d</status></presence>"
                        .formatted(XmppClient.nextId(), scene.room, i));
            }
            scene.settle(one);
            assertThat(scene.heard("<status>state")).isBetween(1L, allowance.of(0.5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void privateMessagesToEverybodyAreCountedTogether(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            XmppClient second = scene.enter(Origin.LOCAL, "Second");
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Fan");
            for (int i = 0; i < 30; i++) {
                one.sendMessage(
                        scene.room + "/"
                                + List.of("Bystander", "Second", "Owner").get(i % 3),
                        "chat",
                        "psst " + i);
            }
            scene.settle(one);
            long arrived = scene.heard("psst") + count(second, "psst") + count(scene.owner, "psst");
            assertThat(arrived).isBetween(1L, allowance.of(1));
            assertThat(one.received()).anyMatch(Scene::isRefused);
        }
    }

    @ParameterizedTest
    @EnumSource
    void probesOfOccupantsAreCountedTogetherButNobodyIsPunishedForACuriousClient(Origin origin) throws Exception {
        List<String> probes = List.of(
                "<query xmlns='jabber:iq:version'/>",
                "<vCard xmlns='vcard-temp'/>",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:omemo:2:bundles'/></pubsub>");
        try (Scene scene = new Scene(Policy.STRICT)) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Probe");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ids.add(XmppClient.nextId());
                one.send("<iq type='get' id='%s' to='%s/Bystander'>%s</iq>"
                        .formatted(ids.get(i), scene.room, probes.get(i % 3)));
            }
            // Smack answers what it does not know by itself, and shows no listener the question.
            long arrived = ids.stream()
                    .filter(id -> !Scene.isRefused(awaited(scene, one, id)))
                    .count();
            assertThat(arrived).isBetween(1L, allowance.of(0.5));
            assertThat(one.received()).anyMatch(Scene::isRefused);
            await().atMost(Duration.ofSeconds(40)).until(() -> scene.takes(one, "my client did that by itself"));
            assertThat(one.received()).noneMatch(stanza -> Scene.xml(stanza).contains("You cannot speak"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void subjectsAreNotFlippedWithoutEnd(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD, "changesubject")) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Subject");
            for (int i = 0; i < 12; i++) {
                one.send("<message id='%s' to='%s' type='groupchat'><subject>flip %d</subject></message>"
                        .formatted(XmppClient.nextId(), scene.room, i));
            }
            scene.settle(one);
            assertThat(scene.heard("<subject>flip")).isBetween(1L, allowance.of(3));
            assertThat(one.received()).anyMatch(Scene::isRefused);
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsForVoiceAreNotRepeatedWithoutEnd(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD, "moderatedroom")) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Voiceless");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                ids.add(XmppClient.nextId());
                one.send(("<message id='%s' to='%s'><x xmlns='jabber:x:data' type='submit'>"
                                + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#request</value></field>"
                                + "<field var='muc#role'><value>participant</value></field></x></message>")
                        .formatted(ids.get(i), scene.room));
            }
            scene.settle(one);
            long refused = one.received().stream().filter(Scene::isRefused).count();
            assertThat(refused).isGreaterThanOrEqualTo(15 - allowance.of(2));
            scene.heard();
            assertThat(count(scene.owner, "muc#request")).isLessThanOrEqualTo(allowance.of(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomsAreNotMadeWithoutEnd(Origin origin) throws Exception {
        int number = Pair.number();
        try (XmppClient one = Pair.somebody(origin)) {
            long begin = System.nanoTime();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                ids.add(XmppClient.nextId());
                one.send(("<presence id='%s' to='flood-%d-%d@conference.%s/Maker'>"
                                + "<x xmlns='http://jabber.org/protocol/muc'/></presence>")
                        .formatted(ids.get(i), number, i, Pair.HOME_DOMAIN));
            }
            one.request(
                    "get", "conference." + Pair.HOME_DOMAIN, "<query xmlns='http://jabber.org/protocol/disco#info'/>");
            double minutes = (System.nanoTime() - begin) / 60e9;
            long made = one.received().stream()
                    .filter(stanza -> stanza instanceof Presence presence && presence.isAvailable())
                    .filter(stanza -> stanza.getFrom().toString().contains("@conference."))
                    .count();
            assertThat(made).isBetween(1L, (long) ((15 + 60 * minutes) / 10) + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void typingNoticesAndMarkersAreNotSentWithoutEnd(Origin origin) throws Exception {
        List<String> signals = List.of(
                "<composing xmlns='http://jabber.org/protocol/chatstates'/>",
                "<paused xmlns='http://jabber.org/protocol/chatstates'/>",
                "<displayed xmlns='urn:xmpp:chat-markers:0' id='x'/>");
        try (Scene scene = new Scene(Policy.STRICT)) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Typist");
            for (int i = 0; i < 120; i++) {
                one.send("<message id='typing-%d' to='%s' type='groupchat'>%s</message>"
                        .formatted(i, scene.room, signals.get(i % 3)));
            }
            scene.settle(one);
            scene.heard();
            long arrived = scene.bystander.received().stream()
                    .filter(stanza -> stanza instanceof Message
                            && stanza.getStanzaId() != null
                            && stanza.getStanzaId().startsWith("typing-"))
                    .count();
            assertThat(arrived).isBetween(1L, allowance.of(0.2));
            assertThat(one.received()).noneMatch(stanza -> Scene.xml(stanza).contains("You cannot speak"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoRetractsInALoopIsToldToWait(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            Allowance allowance = new Allowance();
            XmppClient one = scene.enter(origin, "Regret");
            for (int i = 0; i < 30; i++) {
                one.send(
                        ("<message id='%s' to='%s' type='groupchat'><retract xmlns='urn:xmpp:message-retract:1' id='x%d'/>"
                                        + "<fallback xmlns='urn:xmpp:fallback:0'/><body>/me retracted a message</body></message>")
                                .formatted(XmppClient.nextId(), scene.room, i));
            }
            scene.settle(one);
            assertThat(scene.heard("retracted a message")).isBetween(1L, allowance.of(1));
        }
    }

    private static Stanza awaited(Scene scene, XmppClient client, String id) {
        try {
            return scene.answered(client, id);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Stanza> refused(Scene scene, XmppClient sender, List<String> ids) throws InterruptedException {
        List<Stanza> refused = new ArrayList<>();
        for (String id : ids) {
            Message answer = scene.answer(sender, id);
            if (Scene.isRefused(answer)) {
                refused.add(answer);
            }
        }
        return refused;
    }

    private static long heardOfJoins(Scene scene, String nickname) throws Exception {
        scene.heard();
        return scene.bystander.received().stream()
                .filter(stanza -> stanza instanceof Presence presence && presence.isAvailable())
                .filter(stanza -> stanza.getFrom().toString().endsWith("/" + nickname))
                .count();
    }

    private static long count(XmppClient client, String words) {
        return client.received().stream()
                .filter(stanza -> Scene.xml(stanza).contains(words))
                .count();
    }

    private static String name(XmppClient client) {
        return client.jid().replaceFirst("@.*", "");
    }
}
