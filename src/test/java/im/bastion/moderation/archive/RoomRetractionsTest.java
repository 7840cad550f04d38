// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static im.bastion.moderation.archive.ArchiveStage.BASTION;
import static im.bastion.moderation.archive.ArchiveStage.KIM;
import static im.bastion.moderation.archive.ArchiveStage.NOW;
import static im.bastion.moderation.archive.ArchiveStage.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.host.Role;
import im.bastion.host.RoomTraits;
import im.bastion.host.memory.ThreadsSince;
import im.bastion.moderation.archive.ArchiveStage.Told;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What one retraction does, to whom, and to nobody else. */
class RoomRetractionsTest {
    private static final JID MOD = new JID("mod@away.example/phone");
    private static final Actor MODERATOR = new Actor(MOD.asBareJID(), "mod@away.example", "");

    private final ArchiveStage stage = new ArchiveStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void nothingOfTheTextIsLeftAnywhere() {
        String id = stage.say(
                KIM,
                "Kim",
                "m1",
                "vile<body>vile</body><subject>vile</subject><body xml:lang='de'>vile</body>"
                        + "<delay xmlns='urn:xmpp:delay' from='kim@away.example' stamp='2023-11-14T22:13:20Z'>vile</delay>"
                        + "<delay xmlns='vile'>vile</delay><occupant-id xmlns='vile'>vile</occupant-id>"
                        + "<stanza-id xmlns='urn:xmpp:sid:0' by='kim@away.example' id='vile'/>"
                        + "<html xmlns='http://jabber.org/protocol/xhtml-im'><p>vile</p></html>");
        stage.host.roomArchive().flush();

        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.DONE);

        assertThat(stage.everything()).doesNotContain("vile");
    }

    @Test
    void theTombstoneKeepsTheEnvelope() {
        String id = stage.say(KIM, "Kim", "buy pills");
        stage.host.roomArchive().flush();
        stage.retract(id);

        Message left = stage.host.roomArchive().history(stage.den).get(0);
        Element retracted = left.getElement().element("retracted");
        assertThat(left.getID()).isEqualTo("m1");
        assertThat(left.getFrom()).isEqualTo(new JID(stage.den + "/Kim"));
        assertThat(RoomIds.stanzaId(left.getElement(), stage.den.toString())).isEqualTo(id);
        assertThat(left.getElement().element("occupant-id").attributeValue("id"))
                .isEqualTo(stage.ids.occupantId(stage.den, KIM));
        assertThat(retracted.getNamespaceURI()).isEqualTo("urn:xmpp:message-retract:1");
        assertThat(retracted.attributeValue("id"))
                .isEqualTo(stage.announced().get(0).getID());
        assertThat(retracted.attributeValue("stamp")).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(retracted.element("moderated").getNamespaceURI()).isEqualTo("urn:xmpp:message-moderate:1");
        assertThat(retracted.elementText("reason")).isEqualTo("spam");
        assertThat(stage.logged(id)).containsExactly(left.toXML());
    }

    @Test
    void oneAnnouncementSpeaksBothVersionsAndIsKeptForThoseWhoAreAway() {
        String id = stage.say(KIM, "Kim", "buy pills");
        stage.retract(id);

        assertThat(stage.announced()).hasSize(1);
        Message told = stage.announced().get(0);
        Element element = told.getElement();
        assertThat(told.getFrom()).isEqualTo(stage.den);
        assertThat(told.getType()).isEqualTo(Message.Type.groupchat);
        assertThat(told.getBody()).isEqualTo("A moderator removed a message.");
        assertThat(element.element("apply-to").attributeValue("id")).isEqualTo(id);
        assertThat(element.element("apply-to").element("moderated").element("retract"))
                .isNotNull();
        assertThat(element.element("retract").attributeValue("id")).isEqualTo(id);
        assertThat(element.element("retract").element("moderated")).isNotNull();
        assertThat(element.element("fallback").attributeValue("for")).isEqualTo("urn:xmpp:message-retract:1");
        assertThat(element.element("store")).isNotNull();
        String own = RoomIds.stanzaId(element, stage.den.toString());
        assertThat(own).isNotEmpty().isNotEqualTo(id);
        assertThat(stage.live().get(1)).contains(own);
        assertThat(stage.logged(own)).hasSize(1);
    }

    @Test
    void theModeratorIsNamedInTheAuditAlone() {
        moderatorEnters();
        stage.retract(stage.say(KIM, "Kim", "buy pills"), MODERATOR);

        assertThat(stage.everything())
                .doesNotContain("mod@away.example")
                .doesNotContain("/Mod")
                .doesNotContain(stage.ids.occupantId(stage.den, MOD));
        assertThat(stage.audited()).containsExactly("message-retracted mod@away.example");
    }

    @Test
    void theModeratorIsShownByNicknameWhereRoomsWantThat() {
        stage.hideModerators = false;
        moderatorEnters();
        stage.retract(stage.say(KIM, "Kim", "buy pills"), MODERATOR);

        String told = stage.announced().get(0).toXML();
        assertThat(told).contains("by=\"" + stage.den + "/Mod\"").contains(stage.ids.occupantId(stage.den, MOD));
        assertThat(told).doesNotContain("mod@away.example");
        assertThat(stage.live().get(0)).contains("by=\"" + stage.den + "/Mod\"");
    }

    @Test
    void retractingTwiceIsRetractingOnce() {
        String id = stage.say(KIM, "Kim", "buy pills");
        stage.retract(id);
        String after = stage.everything();

        assertThat(stage.retract(id)).isEqualTo(new Told(Outcome.ALREADY, List.of()));
        stage.restart();
        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.ALREADY);
        assertThat(stage.everything()).isEqualTo(after);
        assertThat(stage.audit).hasSize(1);
    }

    @Test
    void itIsOnceEvenWhenItsRecordHasExpired() throws Exception {
        String id = stage.say(KIM, "Kim", "buy pills");
        stage.host.roomArchive().flush();
        stage.retract(id);
        assertThat(stage.records.purge(NOW.toEpochMilli() + 30L * 86_400_000, 10))
                .isEqualTo(1);

        assertThat(stage.retract(id).outcome()).isEqualTo(Outcome.ALREADY);
        assertThat(stage.announced()).hasSize(1);
    }

    @Test
    void anIdThatIsNotTheRoomsFindsNothing() {
        JID attic = stage.host.rooms().create("attic", stage.owner);
        stage.say(KIM, "Kim", "m1", "<origin-id xmlns='urn:xmpp:sid:0' id='origin'/><body>hello</body>");
        String id = stage.say(SAM, "Sam", "hello");
        stage.host.roomArchive().flush();
        String before = stage.everything();

        for (String foreign : List.of("m1", "origin", "", "x".repeat(1_000_000), id.toUpperCase(Locale.ROOT))) {
            assertThat(stage.retract(foreign).outcome()).isEqualTo(Outcome.UNKNOWN);
        }
        assertThat(ArchiveStage.told(done -> stage.retractions.retract(attic, id, BASTION, "", done))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(stage.everything()).isEqualTo(before);
    }

    @Test
    void takesAllOfOnePersonAndNothingOfAnybodyElse() {
        stage.sayUnremembered(KIM, "Kim", "vile one");
        stage.host.roomArchive().flush();
        stage.say(new JID("kim@away.example/tablet"), "Kimmy", "vile two");
        String sams = stage.say(SAM, "Sam", "good");
        // Somebody else under the nickname that Kim had.
        String others = stage.say(new JID("kim@evil.example/x"), "Kim", "good");
        stage.say(KIM, "Sam", "vile three");
        String before = stage.live().get(2) + stage.live().get(3);

        Told told = ArchiveStage.told(
                done -> stage.retractions.retractAll(stage.den, KIM, NOW.minusSeconds(60), BASTION, "", done));
        stage.host.roomArchive().flush();

        assertThat(told.outcome()).isEqualTo(Outcome.DONE);
        assertThat(told.retractions()).hasSize(3);
        assertThat(stage.live().get(2) + stage.live().get(3)).isEqualTo(before);
        assertThat(stage.live().toString()).doesNotContain("vile");
        assertThat(stage.logged(sams).toString() + stage.logged(others))
                .contains("good")
                .doesNotContain("retracted");
    }

    @Test
    void takesNothingOfSomebodyWhoSaidNothingSince() {
        stage.say(KIM, "Kim", "hello");
        stage.host.roomArchive().flush();

        assertThat(ArchiveStage.told(done ->
                                stage.retractions.retractAll(stage.den, KIM, NOW.plusSeconds(1), BASTION, "", done))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(stage.live().toString()).contains("hello");
    }

    @Test
    void takesBackWhatWasLetThroughOnce() {
        stage.say(KIM, "Kim", "buy pills");
        List<Long> keys = List.of(stage.lastKey());

        assertThat(ArchiveStage.told(done -> stage.retractions.retractPassed(keys, BASTION, "", done))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(ArchiveStage.told(done -> stage.retractions.retractPassed(keys, BASTION, "", done))
                        .outcome())
                .isEqualTo(Outcome.ALREADY);
        assertThat(ArchiveStage.told(done -> stage.retractions.retractPassed(List.of(99L), BASTION, "", done))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(stage.announced()).hasSize(1);
    }

    @Test
    void takesTheAuthorsCorrectionsToo() {
        String id = stage.say(KIM, "Kim", "m1", "<body>fine</body>");
        String replace = "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>";
        String early = stage.say(KIM, "Kim", "m2", "<body>vile early</body>" + replace);
        stage.host.roomArchive().flush();
        stage.say(KIM, "Kimmy", "m3", "<body>vile late</body>" + replace);
        stage.say(SAM, "Kim", "m4", "<body>good</body>" + replace);

        Told told = stage.retract(id);

        assertThat(told.retractions()).hasSize(3);
        assertThat(stage.live().toString() + stage.logged(early))
                .doesNotContain("vile")
                .contains("good");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOwnersWordsAreNotAModeratorsToTakeBack(boolean remembered) {
        moderatorEnters();
        JID boss = new JID("owner@home.example/desk");
        String id = remembered ? stage.say(boss, "Boss", "rules") : stage.sayUnremembered(boss, "Boss", "rules");

        assertThat(stage.retract(id, MODERATOR).outcome()).isEqualTo(Outcome.PROTECTED);
        assertThat(stage.live().toString()).contains("rules");
        assertThat(stage.announced()).isEmpty();
        assertThat(stage.retract(id, new Actor(stage.owner, "owner@home.example", ""))
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void aRoomThatIsNotLoggedLeavesNothingPending() throws Exception {
        stage.host.rooms().configure(stage.den, new RoomTraits("den", false, false, true, true, false));
        stage.retract(stage.say(KIM, "Kim", "buy pills"));

        assertThat(RetractionRecord.of(stage.records
                                .newest(RetractionRecord.KIND, Long.MAX_VALUE, 1)
                                .get(0))
                        .pending())
                .isFalse();
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        String id = stage.say(KIM, "Kim", "buy pills");
        ArchiveStage.told(done -> stage.retractions.retract(stage.den, id, BASTION, "x".repeat(499) + "🙈🙈", done));

        assertThat(stage.announced().get(0).getElement().element("retract").elementText("reason"))
                .isEqualTo("x".repeat(499));
    }

    @Test
    void moreThanCanWaitIsRefused() throws Exception {
        var block = new CountDownLatch(1);
        stage.retractions.retract(stage.den, "none", BASTION, "", (outcome, made) -> {
            try {
                block.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < RetractionWorker.MAX_WAITING + 10; i++) {
            stage.retractions.retract(stage.den, "none", BASTION, "", (outcome, made) -> outcomes.add(outcome));
        }
        assertThat(outcomes).isNotEmpty().containsOnly(Outcome.BUSY);
        block.countDown();
        assertThat(stage.retract(stage.say(KIM, "Kim", "buy pills")).outcome()).isIn(Outcome.DONE, Outcome.BUSY);
    }

    @Test
    void afterTheEndThereIsNoThreadAndEveryCallIsAnswered() {
        ThreadsSince threads = new ThreadsSince();
        try (ArchiveStage own = new ArchiveStage()) {
            own.retractions.close();

            assertThat(own.retract("none").outcome()).isEqualTo(Outcome.BUSY);
            await().untilAsserted(() -> assertThat(threads.alive()).isEmpty());
        }
    }

    private void moderatorEnters() {
        stage.host.rooms().enter(stage.den, MOD, "Mod");
        stage.host.rooms().assign(stage.den, MOD, Role.MODERATOR);
    }
}
