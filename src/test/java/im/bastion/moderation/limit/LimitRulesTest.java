// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.policy.Verdict;
import im.bastion.store.MemoryRecords;
import im.bastion.store.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class LimitRulesTest {
    private final RuleStage stage = new RuleStage();
    private final MemoryHost host = new MemoryHost();

    private RoomEvent says(JID who, String body) {
        Message message = message(body);
        return stage.event(who, message);
    }

    private static Message message(String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setTo(RuleStage.DEN);
        message.setBody(body);
        return message;
    }

    @Test
    void slowModeLetsEachAccountSpeakOnceInAWhile() throws BrokenDefinition {
        ModerationRule rule = RuleStage.rule(SlowModeRule.TYPE, "{'seconds':20}");
        assertThat(stage.say(rule, RuleStage.KIM, "one")).isSameAs(RuleOutcome.PASS);
        RuleOutcome second = stage.after(13_000).say(rule, new JID("kim@away.example/tablet"), "two");
        assertThat(second).isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> assertThat(finding.claim())
                .isEqualTo("slow mode: one message every 20 s, try again in 7 s"));
        assertThat(stage.say(rule, new JID("lee@away.example/x"), "three")).isSameAs(RuleOutcome.PASS);
        assertThat(stage.after(7_000).say(rule, RuleStage.KIM, "four")).isSameAs(RuleOutcome.PASS);
    }

    @Test
    void whatIsHeldIsDeliveredLaterInOrderAndFromItsSender() {
        try (Holds holds = new Holds(host.stanzas())) {
            for (String body : List.of("one", "two", "three")) {
                Message message = message(body);
                RoomEvent event = stage.event(RuleStage.KIM, message);
                assertThat(holds.hold(event, message, Duration.ofMillis(200))).isEqualTo(Holds.Held.WAITING);
            }
            assertThat(holds.isHolding(says(RuleStage.KIM, "x"))).isTrue();
            assertThat(holds.isHolding(says(new JID("lee@away.example/x"), "x")))
                    .isFalse();
            assertThat(host.stanzas().sent()).isEmpty();
            Awaitility.await().until(() -> host.stanzas().sent().size() == 3);
            assertThat(host.stanzas().sent())
                    .extracting(stanza -> ((Message) stanza).getBody())
                    .containsExactly("one", "two", "three");
            assertThat(host.stanzas().sent())
                    .allMatch(stanza -> stanza.getFrom().equals(RuleStage.KIM));
            assertThat(holds.size()).isZero();
        }
    }

    @Test
    void whatIsCancelledIsNeverDeliveredAndTheRestIsAtTheEnd() {
        JID lee = new JID("lee@away.example/x");
        Holds holds = new Holds(host.stanzas());
        Message bad = message("bad");
        Message good = message("good");
        holds.hold(stage.event(RuleStage.KIM, bad), bad, Duration.ofHours(1));
        holds.hold(stage.event(lee, good), good, Duration.ofHours(1));
        assertThat(holds.cancel(RuleStage.DEN, RuleStage.KIM.asBareJID())).isEqualTo(1);
        holds.close();
        assertThat(host.stanzas().sent())
                .extracting(stanza -> ((Message) stanza).getBody())
                .containsExactly("good");
    }

    @Test
    void oneAccountCannotFillThePlaceOfOthers() {
        try (Holds holds = new Holds(host.stanzas())) {
            List<Holds.Held> became = new ArrayList<>();
            for (int i = 0; i <= Holds.MAX_OF_ONE; i++) {
                Message message = message("flood " + i);
                became.add(holds.hold(stage.event(RuleStage.KIM, message), message, Duration.ofHours(1)));
            }
            assertThat(became.subList(0, Holds.MAX_OF_ONE)).containsOnly(Holds.Held.WAITING);
            assertThat(became.get(Holds.MAX_OF_ONE)).isEqualTo(Holds.Held.TOO_MANY_OF_ONE);
            Message other = message("hello");
            assertThat(holds.hold(stage.event(new JID("lee@away.example/x"), other), other, Duration.ofHours(1)))
                    .isEqualTo(Holds.Held.WAITING);
            assertThat(holds.cancel(RuleStage.DEN, RuleStage.KIM.asBareJID())).isEqualTo(Holds.MAX_OF_ONE);
        }
    }

    @Test
    void whatIsDroppedByItsKeyIsNeverDeliveredAndEachDeliveryIsTold() {
        List<String> told = new ArrayList<>();
        Holds holds = new Holds(host.stanzas());
        holds.onDelivered((event, stanza) -> told.add(event.key() + " " + ((Message) stanza).getBody()));
        Message spam = message("spam");
        Message hello = message("hello");
        RoomEvent first = stage.event(RuleStage.KIM, spam);
        RoomEvent second = stage.event(RuleStage.KIM, hello);
        holds.hold(first, spam, Duration.ofHours(1));
        holds.hold(second, hello, Duration.ofHours(1));
        assertThat(holds.waiting(RuleStage.DEN))
                .extracting(Holds.Waiting::key)
                .containsExactly(first.key(), second.key());
        assertThat(holds.waiting(new JID("attic", RuleStage.DEN.getDomain(), null)))
                .isEmpty();
        assertThat(holds.drop(List.of(first.key(), 77L))).isEqualTo(1);
        holds.close();
        assertThat(told).containsExactly(second.key() + " hello");
        assertThat(host.stanzas().sent()).hasSize(1);
    }

    @Test
    void whoCameWhileTheClockWasAheadIsNotNewUntilItIsThereAgain() {
        SeenPeople people = new SeenPeople(row -> {});
        people.load(new MemoryRecords());
        stage.after(365L * 86_400_000);
        people.seen(says(RuleStage.KIM, "Hi"));
        stage.after(-365L * 86_400_000);
        people.seen(says(RuleStage.KIM, "Hi"));
        stage.after(7_200_000);
        assertThat(people.knownForMillis(RuleStage.DEN, RuleStage.KIM.asBareJID(), stage.now()))
                .isBetween(7_140_000L, 7_260_000L);
    }

    @Test
    void whoIsKnownStaysKnownAfterARestart() {
        List<Records.Row> written = new ArrayList<>();
        SeenPeople people = new SeenPeople(written::add);
        assertThat(people.knownForMillis(RuleStage.DEN, RuleStage.KIM.asBareJID(), stage.now()))
                .as("before anything was read")
                .isEqualTo(Long.MAX_VALUE);
        MemoryRecords records = new MemoryRecords();
        people.load(records);
        assertThat(people.knownForMillis(RuleStage.DEN, RuleStage.KIM.asBareJID(), stage.now()))
                .isZero();
        for (int i = 0; i < 3; i++) {
            people.seen(says(RuleStage.KIM, "Hi"));
            stage.after(60_000);
        }
        long known = people.knownForMillis(RuleStage.DEN, RuleStage.KIM.asBareJID(), stage.now());
        assertThat(known).isBetween(180_000L, 240_000L);
        records.put(written);
        SeenPeople restarted = new SeenPeople(written::add);
        restarted.load(records);
        assertThat(restarted.knownForMillis(RuleStage.DEN, RuleStage.KIM.asBareJID(), stage.now()))
                .isEqualTo(known);
    }

    @Test
    void aCrowdOfStrangersDoesNotPushOutARegular() {
        SeenPeople people = new SeenPeople(row -> {});
        people.load(new MemoryRecords());
        for (int i = 0; i < 3; i++) {
            people.seen(says(RuleStage.KIM, "Hi"));
        }
        stage.after(120_000);
        for (int i = 0; i < 300_000; i++) {
            people.seen(says(new JID("s" + i, "crowd.example", "x", true), "Hi"));
        }
        assertThat(people.knownForMillis(RuleStage.DEN, RuleStage.KIM.asBareJID(), stage.now()))
                .isGreaterThanOrEqualTo(60_000);
    }

    @Test
    void slowModeIsSetWhereOwnersConfigureTheirRoom() {
        List<String> set = new ArrayList<>();
        SlowModeForm form = new SlowModeForm(
                room -> 20,
                (room, seconds) -> set.add(room + "=" + seconds),
                (room, who) -> !who.equals(RuleStage.KIM));
        JID owner = new JID("owner@home.example/desk");
        assertThat(form.answer(configuration("30"), owner, RuleStage.DEN)).isSameAs(Verdict.PASS);
        assertThat(form.answer(configuration("40"), RuleStage.KIM, RuleStage.DEN))
                .isSameAs(Verdict.PASS);
        assertThat(set).containsExactly(RuleStage.DEN + "=30");
        IQ request = configuration("0");
        form.answer(request, owner, RuleStage.DEN);
        assertThat(request.toXML()).doesNotContain(SlowModeForm.CONFIG);
        for (String bad : List.of("-1", "x", "86401", "1.5")) {
            assertThat(form.answer(configuration(bad), owner, RuleStage.DEN))
                    .as(bad)
                    .isInstanceOfSatisfying(Verdict.Answer.class, answer -> assertThat(
                                    answer.answer().toXML())
                            .contains("not-acceptable", SlowModeForm.CONFIG));
        }
    }

    @Test
    void slowModeIsShownInTheRoomsForms() {
        SlowModeForm form = new SlowModeForm(room -> 20, (room, seconds) -> {}, (room, who) -> true);
        IQ config = iq("<iq type='result' id='1'><query xmlns='http://jabber.org/protocol/muc#owner'>"
                + "<x xmlns='jabber:x:data' type='form'/></query></iq>");
        form.amend(config, RuleStage.DEN, RuleStage.KIM);
        assertThat(config.toXML()).contains(SlowModeForm.CONFIG, "xs:integer", ">20<");
        IQ info = iq("<iq type='result' id='1'><query xmlns='http://jabber.org/protocol/disco#info'>"
                + "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'>"
                + "<value>http://jabber.org/protocol/muc#roominfo</value></field></x></query></iq>");
        form.amend(info, RuleStage.DEN, RuleStage.KIM);
        assertThat(info.toXML()).contains(SlowModeForm.INFO, ">20<");
    }

    private static IQ configuration(String seconds) {
        return iq("<iq type='set' id='1' to='" + RuleStage.DEN + "'>"
                + "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='" + SlowModeForm.CONFIG + "'><value>" + seconds + "</value></field></x></query></iq>");
    }

    private static IQ iq(String xml) {
        return new IQ(StanzaXml.parse(xml), true);
    }
}
