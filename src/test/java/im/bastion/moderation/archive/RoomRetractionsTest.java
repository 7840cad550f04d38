// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.Affiliation;
import im.bastion.host.RoomArchive.Logged;
import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Outcome;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.policy.Verdict;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

class RoomRetractionsTest {
    private static final JID KIM = new JID("kim@away.example/phone");
    private static final JID LEE = new JID("lee@away.example/desk");
    private static final Actor BASTION = new Actor(null, "bastion", "CASE-0001");

    private final MemoryHost host = new MemoryHost();
    private final MemoryRecords records = new MemoryRecords();
    private final PassedEvents passed = new PassedEvents();
    private final RoomIds ids = new RoomIds(host.properties(), host.rooms());
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private RoomRetractions retractions;
    private JID owner;
    private JID den;
    private long key;

    @BeforeEach
    void open() {
        owner = host.users().register("owner");
        den = host.rooms().create("den", owner);
        host.rooms().enter(den, KIM, "Kim");
        host.rooms().enter(den, LEE, "Lee");
        retractions = retractions();
    }

    @AfterEach
    void close() {
        retractions.close();
        host.close();
    }

    private RoomRetractions retractions() {
        return new RoomRetractions(
                host,
                passed,
                ids,
                new Seal(host.properties()),
                records,
                audit::add,
                clock,
                () -> true,
                Duration.ofDays(1));
    }

    /** Somebody says something; answers its stanza-id. */
    private String says(JID who, String nickname, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setTo(den);
        message.setID("m" + key);
        message.setBody(body);
        ids.stamp(message, den, who);
        String stanzaId = RoomIds.stanzaId(message.getElement(), den.toString());
        passed.passed(RoomEvents.of(++key, message, who, den, clock.millis(), System.nanoTime()), stanzaId);
        message.setFrom(new JID(den.getNode(), den.getDomain(), nickname));
        host.roomArchive().say(den, who, nickname, clock.instant(), message);
        return stanzaId;
    }

    private record Told(Outcome outcome, List<Retraction> made) {}

    private static Told told(Consumer<Retractions.Done> wish) throws Exception {
        CompletableFuture<Told> answer = new CompletableFuture<>();
        wish.accept((outcome, made) -> answer.complete(new Told(outcome, made)));
        return answer.get(10, TimeUnit.SECONDS);
    }

    private Told retract(String stanzaId) throws Exception {
        return told(done -> retractions.retract(den, stanzaId, BASTION, "advert", done));
    }

    private Logged row(String stanzaId) {
        return host.roomArchive().logged(den, Instant.EPOCH, clock.instant().plusSeconds(60), 100).stream()
                .filter(row -> stanzaId.equals(RoomIds.stanzaId(row.message().getElement(), den.toString())))
                .findFirst()
                .orElseThrow();
    }

    private List<String> liveBodies() {
        return host.roomArchive().history(den).stream().map(Message::getBody).toList();
    }

    @Test
    void whatIsRetractedIsGoneForThoseWhoAreThereAndThoseWhoComeLater() throws Exception {
        String bad = says(KIM, "Kim", "buy pills");
        String good = says(LEE, "Lee", "hello");
        host.roomArchive().flush();
        assertThat(retract(bad).outcome()).isEqualTo(Outcome.DONE);

        assertThat(host.roomActions().broadcast()).singleElement().satisfies(told -> {
            assertThat(told.getFrom()).isEqualTo(den);
            assertThat(told.getBody()).isEqualTo("A moderator removed a message.");
            assertThat(told.getElement().element("retract").attributeValue("id"))
                    .isEqualTo(bad);
            assertThat(told.getElement().element("apply-to").attributeValue("id"))
                    .isEqualTo(bad);
            assertThat(told.toXML())
                    .contains(
                            "urn:xmpp:message-moderate:1",
                            "urn:xmpp:message-moderate:0",
                            "advert",
                            "urn:xmpp:fallback:0")
                    .doesNotContain("buy pills");
        });
        assertThat(liveBodies())
                .contains("hello", "A moderator removed a message.")
                .doesNotContain("buy pills");
        Message left = row(bad).message();
        assertThat(left.getBody()).isNull();
        assertThat(left.getElement().element("retracted")).isNotNull();
        assertThat(row(good).message().getBody()).isEqualTo("hello");
        assertThat(audit).extracting(AuditEvent::action).containsExactly("message-retracted");
        assertThat(records.newest("retraction", Long.MAX_VALUE, 10).toString()).doesNotContain("buy pills");
    }

    @Test
    void retractingTwiceAnnouncesOnce() throws Exception {
        String bad = says(KIM, "Kim", "buy pills");
        host.roomArchive().flush();
        assertThat(retract(bad).outcome()).isEqualTo(Outcome.DONE);
        assertThat(retract(bad).outcome()).isEqualTo(Outcome.ALREADY);
        assertThat(host.roomActions().broadcast()).hasSize(1);
    }

    @Test
    void aRowThatTheHostWritesLaterIsRewrittenThenAlsoAfterARestart() throws Exception {
        String bad = says(KIM, "Kim", "buy pills");
        assertThat(retract(bad).outcome()).isEqualTo(Outcome.DONE);
        retractions.close();
        host.roomArchive().flush();
        assertThat(row(bad).message().getBody()).isEqualTo("buy pills");
        retractions = retractions();
        Awaitility.await().until(() -> row(bad).message().getBody() == null);
    }

    @Test
    void undoBringsBackTheSameBytes() throws Exception {
        String bad = says(KIM, "Kim", "buy <pills> & \u00e9");
        host.roomArchive().flush();
        String live = host.roomArchive().history(den).get(0).toXML();
        String kept = row(bad).message().toXML();
        String id = retract(bad).made().get(0).id();
        assertThat(told(done -> retractions.undo(id, BASTION, done)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(host.roomArchive().history(den).get(0).toXML()).isEqualTo(live);
        assertThat(row(bad).message().toXML()).isEqualTo(kept);
        assertThat(told(done -> retractions.undo(id, BASTION, done)).outcome()).isEqualTo(Outcome.ALREADY);
        assertThat(retractions.find(id).orElseThrow().undone()).isTrue();
    }

    @Test
    void everythingOfOnePersonIsNothingOfAnother() throws Exception {
        says(KIM, "Kim", "one");
        says(LEE, "Lee", "two");
        host.roomArchive().flush();
        says(KIM, "Kim", "three");
        says(LEE, "Kim", "four, said under a nickname that was taken over");
        Told all = told(done ->
                retractions.retractAll(den, KIM.asBareJID(), clock.instant().minusSeconds(60), BASTION, "", done));
        assertThat(all.made()).hasSize(2).allMatch(one -> one.author().equals(KIM.asBareJID()));
        assertThat(liveBodies()).contains("two", "four, said under a nickname that was taken over");
        assertThat(liveBodies()).doesNotContain("one", "three");
    }

    @Test
    void eventsThatPassedAreFoundByTheirKeysWhenTheirIdIsKnown() throws Exception {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody("early");
        passed.passed(RoomEvents.of(99, message, KIM, den, clock.millis(), System.nanoTime()), "");
        CompletableFuture<Told> answer = new CompletableFuture<>();
        retractions.retractPassed(
                List.of(99L, 12345L), BASTION, "wave", (outcome, made) -> answer.complete(new Told(outcome, made)));
        message.setFrom(den + "/Kim");
        message.getElement()
                .addElement("stanza-id", RoomIds.STANZA_ID)
                .addAttribute("id", "sid-99")
                .addAttribute("by", den.toString());
        host.roomArchive().say(den, KIM, "Kim", clock.instant(), message);
        passed.learn(99, "sid-99");
        Told told = answer.get(10, TimeUnit.SECONDS);
        assertThat(told.made()).extracting(Retraction::stanzaId).containsExactly("sid-99");
        assertThat(liveBodies()).doesNotContain("early");
    }

    @Test
    void anIdOfAnotherRoomOrNoneIsUnknown() throws Exception {
        host.rooms().create("attic", owner);
        String bad = says(KIM, "Kim", "buy pills");
        JID attic = new JID("attic", den.getDomain(), null);
        assertThat(told(done -> retractions.retract(attic, bad, BASTION, "", done))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(retract("m0").outcome()).as("an id the client chose").isEqualTo(Outcome.UNKNOWN);
        assertThat(liveBodies()).contains("buy pills");
    }

    @Test
    void anOwnersWordsAreNotAModeratorsToTakeBack() throws Exception {
        JID desk = new JID(owner + "/desk");
        host.rooms().enter(den, desk, "Owner");
        String words = says(desk, "Owner", "The rules are: ...");
        Actor moderator = new Actor(LEE.asBareJID(), LEE.toBareJID(), "");
        assertThat(told(done -> retractions.retract(den, words, moderator, "", done))
                        .outcome())
                .isEqualTo(Outcome.PROTECTED);
        host.rooms().affiliate(den, LEE, Affiliation.OWNER);
        assertThat(told(done -> retractions.retract(den, words, moderator, "", done))
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void forgedWordsOfTheRoomAreStrippedAndItsIdsAreGiven() {
        Message message = new Message();
        message.setBody("x");
        BiConsumer<String, String> forge = (name, namespace) -> message.getElement()
                .addElement(name, namespace)
                .addAttribute("id", "forged")
                .addAttribute("by", den.toString());
        forge.accept("stanza-id", RoomIds.STANZA_ID);
        forge.accept("stanza-id", RoomIds.STANZA_ID);
        forge.accept("occupant-id", RoomIds.OCCUPANT_ID);
        forge.accept("occupant-id", RoomIds.OCCUPANT_ID);
        forge.accept("retracted", RoomIds.RETRACT);
        message.getElement().addElement("retract", RoomIds.RETRACT).addElement("moderated", RoomIds.MODERATED);
        message.getElement().addElement("retract", RoomIds.RETRACT).addAttribute("id", "my own");
        message.getElement()
                .addElement("stanza-id", RoomIds.STANZA_ID)
                .addAttribute("id", "other")
                .addAttribute("by", "elsewhere@example");
        ids.stamp(message, den, KIM);
        assertThat(message.toXML()).doesNotContain("forged", "moderated").contains("my own", "other");
        assertThat(message.getElement().elements("occupant-id")).hasSize(1);
        assertThat(RoomIds.stanzaId(message.getElement(), den.toString())).hasSize(36);
    }

    @Test
    void anOccupantIdStaysInARoomAndDiffersInAnother() {
        JID attic = new JID("attic", den.getDomain(), null);
        String id = ids.occupantId(den, KIM);
        assertThat(id).hasSizeBetween(20, 128);
        assertThat(ids.occupantId(den, new JID("kim@away.example/other"))).isEqualTo(id);
        assertThat(new RoomIds(host.properties(), host.rooms()).occupantId(den, KIM))
                .isEqualTo(id);
        assertThat(ids.occupantId(attic, KIM)).isNotEqualTo(id);
        assertThat(ids.occupantId(den, LEE)).isNotEqualTo(id);
    }

    @Test
    void aSealKeepsOthersOut() {
        Seal seal = new Seal(host.properties());
        String sealed = seal.seal("words");
        assertThat(sealed).doesNotContain("words").isNotEqualTo(seal.seal("words"));
        assertThat(new Seal(host.properties()).unseal(sealed)).isEqualTo("words");
        assertThat(new Seal(new MemoryHost().properties()).unseal(sealed)).isEmpty();
        assertThat(seal.unseal(sealed.substring(1))).isEmpty();
        assertThat(seal.unseal("%%%")).isEmpty();
    }

    @Test
    void moderatorsAskInBothVersionsAndOthersAreRefused() {
        ModerationRequests requests = new ModerationRequests(host, retractions, ids);
        String bad = says(KIM, "Kim", "buy pills");
        host.roomArchive().flush();
        IQ newer = request("<moderate xmlns='urn:xmpp:message-moderate:1' id='" + bad
                + "'><retract xmlns='urn:xmpp:message-retract:1'/><reason>advert</reason></moderate>");
        assertThat(requests.answer(newer, KIM, den).toString()).contains("forbidden");
        JID desk = new JID(owner + "/desk");
        assertThat(requests.answer(newer, desk, den)).as("an owner outside").isSameAs(Verdict.SWALLOW);
        Awaitility.await().until(() -> host.stanzas().sent().size() == 1);
        Packet answer = host.stanzas().sent().get(0);
        assertThat(answer.getElement().attributeValue("type")).isEqualTo("result");
        assertThat(answer.getTo()).isEqualTo(desk);
        IQ older = request(
                "<apply-to xmlns='urn:xmpp:fasten:0' id='nothing'><moderate"
                        + " xmlns='urn:xmpp:message-moderate:0'><retract xmlns='urn:xmpp:message-retract:0'/></moderate></apply-to>");
        requests.answer(older, desk, den);
        Awaitility.await().until(() -> host.stanzas().sent().size() == 2);
        assertThat(host.stanzas().sent().get(1).toXML()).contains("item-not-found");
        IQ without = request(
                "<moderate xmlns='urn:xmpp:message-moderate:1'><retract xmlns='urn:xmpp:message-retract:1'/></moderate>");
        assertThat(requests.answer(without, desk, den).toString()).contains("bad-request");
        assertThat(requests.answer(request("<query xmlns='jabber:iq:version'/>"), desk, den))
                .isNull();
    }

    private IQ request(String child) {
        return new IQ(StanzaXml.parse("<iq type='set' id='1' to='" + den + "'>" + child + "</iq>"), true);
    }
}
