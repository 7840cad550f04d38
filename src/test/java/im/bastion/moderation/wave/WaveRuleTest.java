// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Role;
import im.bastion.host.RoomTraits;
import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryRooms;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Presence;

class WaveRuleTest {
    private static final String SPAM = "Win a thousand dollars at our new casino tonight, no deposit, no risk";

    private static final List<String> WORDS = List.of(
            "build",
            "green",
            "coffee",
            "meeting",
            "server",
            "tomorrow",
            "thanks",
            "again",
            "release",
            "patch",
            "river",
            "window",
            "ticket",
            "night",
            "music",
            "bicycle",
            "garden",
            "number",
            "letter",
            "morning",
            "summer",
            "bridge");

    private final RuleStage stage = new RuleStage();
    private final Shields shields = new Shields();
    private final Set<JID> known = new HashSet<>();
    private ModerationRule rule;

    @BeforeEach
    void define() throws BrokenDefinition {
        rule = RuleStage.rule(WaveRule.type(stage.rooms, shields), "{}");
        stage.know((room, person, now) -> known.contains(person) ? 86_400_000 : 0);
    }

    private RoomEvent message(JID room, JID who, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setTo(room);
        message.setBody(body);
        return stage.event(who, message);
    }

    private static JID spammer(int i) {
        return new JID("s" + i, "bad" + i % 7 + ".example", "x");
    }

    private static JID room(int i) {
        return new JID("room" + i, MemoryRooms.SERVICE, null);
    }

    private RuleOutcome says(JID room, JID who, String body) {
        return stage.judge(rule, message(room, who, body));
    }

    @Test
    void theSameFromManyNewcomersIsAWaveAndWhatCameBeforeIsNamedOnce() {
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RoomEvent event = message(RuleStage.DEN, spammer(i), SPAM + " " + i);
            assertThat(stage.judge(rule, event)).isSameAs(RuleOutcome.PASS);
            keys.add(event.key());
        }
        assertThat(says(RuleStage.DEN, spammer(3), SPAM + " \uD83C\uDF89"))
                .isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> assertThat(finding.earlier())
                        .containsExactlyInAnyOrderElementsOf(keys));
        assertThat(says(RuleStage.DEN, spammer(4), SPAM))
                .isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> assertThat(finding.earlier())
                        .isEmpty());
        assertThat(shields.all()).extracting(Shield::room).containsExactly(RuleStage.DEN);
    }

    @Test
    void oneAccountWithTheSameInManyRoomsIsAWave() {
        int refused = 0;
        for (int i = 0; i < 10; i++) {
            refused += says(room(i), spammer(1), SPAM) instanceof RuleOutcome.Finding ? 1 : 0;
        }
        assertThat(refused).isEqualTo(6);
        assertThat(shields.all()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void behindAShieldMembersOfTheCommunitySpeakAndNewcomersWaitUntilItLiftsItself() {
        for (int i = 0; i < 5; i++) {
            says(RuleStage.DEN, spammer(i), SPAM);
        }
        JID regular = new JID("regular@away.example/x");
        known.add(regular.asBareJID());
        assertThat(says(RuleStage.DEN, regular, "What is going on here?")).isSameAs(RuleOutcome.PASS);
        assertThat(says(RuleStage.DEN, new JID("new@away.example/x"), "Hello, is this the right room?"))
                .isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> {
                    assertThat(finding.claim()).contains("min");
                    assertThat(finding.remedy().isStrike()).isFalse();
                });
        assertThat(says(room(9), new JID("new@away.example/x"), "Hello, is this the right room?"))
                .as("another room")
                .isSameAs(RuleOutcome.PASS);
        stage.after(301_000);
        assertThat(says(RuleStage.DEN, new JID("new@away.example/x"), "Hello again, is this the right room?"))
                .isSameAs(RuleOutcome.PASS);
    }

    @Test
    void inAModeratedRoomWhoHasVoiceSpeaksBehindTheShieldAndOthersMayAskForIt() {
        stage.rooms.configure(RuleStage.DEN, new RoomTraits("Den", true, false, true, true, true));
        JID given = new JID("given@away.example/x");
        JID asking = new JID("asking@away.example/x");
        stage.rooms.enter(RuleStage.DEN, given, "Given");
        stage.rooms.enter(RuleStage.DEN, asking, "Asking");
        stage.rooms.assign(RuleStage.DEN, asking, Role.VISITOR);
        for (int i = 0; i < 4; i++) {
            says(RuleStage.DEN, spammer(i), SPAM);
        }
        assertThat(says(RuleStage.DEN, given, "What is going on here?")).isSameAs(RuleOutcome.PASS);
        assertThat(says(RuleStage.DEN, asking, "What is going on here?")).isInstanceOf(RuleOutcome.Finding.class);
        Message request = new Message(
                StanzaXml.parse(
                        "<message to='" + RuleStage.DEN + "'><x xmlns='jabber:x:data' type='submit'/></message>"),
                true);
        assertThat(stage.judge(rule, stage.event(asking, request))).isSameAs(RuleOutcome.PASS);
        stage.rooms.configure(RuleStage.DEN, new RoomTraits("Den", false, false, true, true, true));
        assertThat(says(RuleStage.DEN, given, "In a room where all have voice, it is nobody's gift"))
                .isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void theSameReasonOfManyInvitationsIsAWave() {
        RuleOutcome last = RuleOutcome.PASS;
        for (int i = 0; i < 4; i++) {
            Message invitation = new Message(
                    StanzaXml.parse("<message to='" + RuleStage.DEN
                            + "'><x xmlns='http://jabber.org/protocol/muc#user'>" + "<invite to='p" + i
                            + "@away.example'><reason>" + SPAM + "</reason></invite></x></message>"),
                    true);
            last = stage.judge(rule, stage.event(spammer(i), invitation));
        }
        assertThat(last).isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void noShieldStaysForEver() {
        for (int i = 0; i < 5; i++) {
            says(RuleStage.DEN, spammer(i), SPAM);
        }
        for (int minutes = 0; minutes < 70; minutes++) {
            stage.after(60_000);
            says(RuleStage.DEN, spammer(minutes), SPAM);
            assertThat(shields.left(RuleStage.DEN, stage.now() * 1_000_000)).isLessThanOrEqualTo(Duration.ofMinutes(5));
            assertThat(shields.all()).allSatisfy(shield -> assertThat(Duration.between(shield.since(), shield.until()))
                    .isLessThanOrEqualTo(Shields.LONGEST));
        }
    }

    @Test
    void aCrowdAtTheDoorRaisesTheShield() {
        for (int i = 0; i < 30; i++) {
            Presence join = new Presence();
            join.setTo(new JID(RuleStage.DEN.getNode(), RuleStage.DEN.getDomain(), "n" + i));
            join.getElement().addElement("x", "http://jabber.org/protocol/muc");
            assertThat(stage.after(100).judge(rule, stage.event(spammer(i), join)))
                    .isSameAs(RuleOutcome.PASS);
        }
        assertThat(shields.all()).singleElement().satisfies(shield -> assertThat(shield.why())
                .contains("joined"));
    }

    @Test
    void greetingsQuotesAndShortWordsAreNoWave() {
        for (int i = 0; i < 50; i++) {
            assertThat(says(RuleStage.DEN, spammer(i), "Hello all!")).isSameAs(RuleOutcome.PASS);
            assertThat(says(RuleStage.DEN, spammer(i), "> " + SPAM + "\nno " + i))
                    .isSameAs(RuleOutcome.PASS);
        }
        assertThat(shields.all()).isEmpty();
    }

    /** 200 accounts, 5 messages each, in 20 rooms, among the talk of people who are known. */
    @ParameterizedTest
    @ValueSource(strings = {"same", "varied", "disguised"})
    void aWaveReachesHardlyAnybody(String how) {
        IntFunction<String> spam =
                switch (how) {
                    case "same" -> i -> SPAM;
                    case "varied" -> i -> "Hi " + i + "! " + SPAM + " code " + i * 7 + " \uD83C\uDF89".repeat(i % 4);
                    default ->
                        i -> SPAM.replace("a", i % 2 == 0 ? "а" : "a\u200B").toUpperCase(Locale.ROOT);
                };
        Random random = new Random(1);
        int reached = 0;
        int honest = 0;
        int honestPassed = 0;
        Set<Long> leftOver = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            stage.after(60);
            RoomEvent event = message(room(i % 20), spammer(i % 200), spam.apply(i));
            RuleOutcome outcome = stage.judge(rule, event);
            if (outcome instanceof RuleOutcome.Finding finding) {
                leftOver.removeAll(finding.earlier());
            } else {
                reached++;
                leftOver.add(event.key());
            }
            JID regular = new JID("r" + random.nextInt(40), "home" + i % 5 + ".example", "x");
            known.add(regular.asBareJID());
            honest++;
            String words = random.ints(12, 0, WORDS.size()).mapToObj(WORDS::get).collect(Collectors.joining(" "));
            honestPassed += says(room(i % 20), regular, words) == RuleOutcome.PASS ? 1 : 0;
        }
        System.out.printf(
                "wave (%s): %d of 1000 reached a room, %d were left after the clean-up; honest %d of %d passed%n",
                how, reached, leftOver.size(), honestPassed, honest);
        assertThat(reached).isLessThanOrEqualTo(10);
        assertThat(leftOver).isEmpty();
        assertThat(honestPassed).isEqualTo(honest);
    }
}
