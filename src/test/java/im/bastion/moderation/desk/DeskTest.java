// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Gate;
import im.bastion.host.Affiliation;
import im.bastion.host.StanzaXml;
import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.ModerationFeature;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.ModerationSettings;
import im.bastion.moderation.archive.RoomIds;
import im.bastion.moderation.desk.Case.State;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Cases, reports and commands, through the gate. */
class DeskTest {
    private static final RuleId RULE = new RuleId("moderation.listed-phrase");
    private static final JID KIM = new JID("kim@away.example/phone");
    private static final JID LEE = new JID("lee@away.example/desk");
    private static final Pattern REFERENCE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}");

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final MemoryPolicyStore policies = new MemoryPolicyStore();
    private final MemoryRecords records = new MemoryRecords();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private final Clock clock = Clock.systemUTC();
    private final ModerationFeature feature =
            new ModerationFeature(host, settings, policies, audit::add, counters, new Health(clock), clock, records);
    private final ModerationServices services = feature.services();
    private Subscription watching;
    private JID owner;
    private JID den;
    private int ids;

    @BeforeEach
    void furnish() {
        owner = new JID(host.users().register("owner") + "/desk");
        den = host.rooms().create("den", owner.asBareJID());
        host.rooms().enter(den, owner, "Owner");
        host.rooms().enter(den, KIM, "Kim");
        host.rooms().enter(den, LEE, "Lee");
        policies.change(RULE, Mode.ENFORCE, "{\"phrases\":[\"buy pills\"]}", "admin");
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        feature.start();
        watching = host.traffic()
                .watch(new Gate(
                        host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters));
    }

    @AfterEach
    void close() {
        watching.close();
        feature.close();
        settings.close();
        host.close();
    }

    private boolean says(JID who, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setID("m" + ++ids);
        message.setFrom(who);
        message.setTo(den);
        message.setBody(body);
        return host.traffic().fromElsewhere(message);
    }

    private Packet last() {
        List<Packet> sent = host.stanzas().sent();
        return sent.get(sent.size() - 1);
    }

    private String reference() {
        Matcher found = REFERENCE.matcher(last().toXML());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    /** Asks the room, and answers what it is told. */
    private String ask(JID who, String type, JID to, String child) {
        String id = "q" + ++ids;
        IQ request = new IQ(
                StanzaXml.parse("<iq type='" + type + "' id='" + id + "' from='" + who + "' to='" + to + "'>" + child
                        + "</iq>"),
                true);
        host.traffic().fromElsewhere(request);
        Awaitility.await().until(() -> host.stanzas().sent().stream().anyMatch(sent -> id.equals(sent.getID())));
        return host.stanzas().sent().stream()
                .filter(sent -> id.equals(sent.getID()))
                .findFirst()
                .orElseThrow()
                .toXML();
    }

    private String command(JID who, String node, String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append("<field var='" + fields[i] + "'><value>" + fields[i + 1] + "</value></field>");
        }
        String x = fields.length == 0 ? "" : "<x xmlns='jabber:x:data' type='submit'>" + form + "</x>";
        return ask(
                who,
                "set",
                den,
                "<command xmlns='http://jabber.org/protocol/commands' node='urn:bastion:room:" + node + "'>" + x
                        + "</command>");
    }

    @Test
    void aFloodOfTheSameIsOneCaseAndAHandfulOfAuditEntries() {
        for (int i = 0; i < 150; i++) {
            says(KIM, "buy pills");
        }
        Case one = services.cases().find(reference()).orElseThrow();
        assertThat(one.count()).isEqualTo(150);
        assertThat(one.excerpt()).isEqualTo("buy pills");
        assertThat(audit.stream().filter(event -> event.action().equals("message-refused")))
                .hasSize(3);
        Awaitility.await().until(() -> records.count("case") == 1);
        assertThat(records.newest("case", Long.MAX_VALUE, 10).toString()).doesNotContain("buy pills");
    }

    @Test
    void anAppealOpensTheCaseAndOverturningItCountsAgainstTheRule() {
        says(KIM, "buy pills");
        String reference = reference();
        assertThat(services.cases().appeal(reference, LEE, "not mine")).isFalse();
        String spelled = reference.toLowerCase(Locale.ROOT).replace("-", " ");
        assertThat(command(KIM, "appeal", "reference", spelled, "words", "a quotation"))
                .contains("completed");
        Awaitility.await().until(() -> services.cases().open() == 1);
        assertThat(command(owner, "cases")).contains(reference);
        assertThat(command(owner, "cases", "reference", reference, "do", "overturn"))
                .contains("completed");
        assertThat(services.cases().find(reference).orElseThrow().state()).isEqualTo(State.OVERTURNED);
        assertThat(services.scores().all().get(0).overturned()).isEqualTo(1);
        assertThat(services.scores().all().get(0).appealed()).isEqualTo(1);
        Awaitility.await().until(() -> services.cases().open() == 0);
    }

    @Test
    void aRuleThatIsOverturnedTooOftenSuspendsItself() {
        for (int i = 0; i < 5; i++) {
            JID one = new JID("p" + i + "@away.example/x");
            assertThat(says(one, "buy pills")).isFalse();
            services.cases().resolve(reference(), State.OVERTURNED, "owner");
        }
        assertThat(services.watch().suspensions()).hasSize(1);
        assertThat(says(KIM, "buy pills")).as("it only observes now").isTrue();
        assertThat(audit).anyMatch(event -> event.action().equals("rule-suspended"));
        policies.change(RULE, Mode.ENFORCE, "{\"phrases\":[\"buy pills\"]}", "admin");
        assertThat(says(KIM, "buy pills")).as("defined anew").isFalse();
    }

    @Test
    void reportsBecomeOneCaseAndNobodyLearnsWhoReported() {
        RoomIds roomIds = new RoomIds(host.properties(), host.rooms());
        String report =
                "<report-participant xmlns='urn:xmpp:gcreport:0'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='"
                        + roomIds.occupantId(den, KIM)
                        + "'/><report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:spam'><text>adverts</text></report>"
                        + "</report-participant>";
        assertThat(ask(LEE, "set", den, report)).contains("type=\"result\"");
        assertThat(ask(LEE, "set", den, report)).contains("type=\"result\"");
        assertThat(ask(owner, "set", den, report)).contains("type=\"result\"");
        assertThat(ask(KIM, "set", den, report)).as("oneself").contains("not-acceptable");
        assertThat(ask(new JID("far@away.example/x"), "set", den, report))
                .as("an outsider")
                .contains("forbidden");
        Awaitility.await().until(() -> services.cases().open() == 1);
        Case one = services.cases()
                .latest(den, State.OPEN, Instant.now().plusSeconds(60), 10)
                .get(0);
        assertThat(one.person()).isEqualTo(KIM.asBareJID());
        assertThat(one.count()).isEqualTo(2);
        assertThat(command(owner, "cases", "case", one.reference(), "do", "see"))
                .contains("adverts")
                .doesNotContain("lee@away.example<");
        assertThat(records.newest("case", Long.MAX_VALUE, 10).toString()).doesNotContain("lee@away");
        assertThat(audit.toString()).doesNotContain("lee@away");
    }

    @Test
    void reportsAreLimited() {
        String room = "<report-chat xmlns='urn:xmpp:gcreport:0'><jid>" + den
                + "</jid><report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:abuse'/></report-chat>";
        JID service = new JID(den.getDomain());
        for (int i = 0; i < 10; i++) {
            assertThat(ask(LEE, "set", service, room)).contains("type=\"result\"");
        }
        assertThat(ask(LEE, "set", service, room)).contains("resource-constraint");
    }

    @Test
    void commandsAreShownToThoseWhoMayUseThem() {
        String query =
                "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>";
        assertThat(ask(KIM, "get", den, query))
                .contains("appeal", "my-sanctions")
                .doesNotContain("room:ban", "room:rules");
        assertThat(ask(owner, "get", den, query)).contains("room:ban", "room:rules", "room:restore");
        host.rooms().affiliate(den, LEE, Affiliation.ADMIN);
        assertThat(ask(LEE, "get", den, query)).contains("room:ban").doesNotContain("room:rules");
        assertThat(command(KIM, "ban", "person", "Lee", "reason", "x")).contains("forbidden");
        assertThat(command(owner, "no-such-command")).contains("item-not-found");
        assertThat(command(owner, "ban", "person", "Nobody", "reason", "x")).contains("bad-request", "person");
    }

    @Test
    void anOwnerMakesRulesForTheOwnRoomAlone() {
        assertThat(command(owner, "rules", "rule", "listed-phrase", "value", "lottery, casino", "mode", "ENFORCE"))
                .contains("completed");
        assertThat(says(KIM, "a casino")).isFalse();
        JID attic = host.rooms().create("attic", owner.asBareJID());
        Message elsewhere = new Message();
        elsewhere.setType(Message.Type.groupchat);
        elsewhere.setFrom(KIM);
        elsewhere.setTo(attic);
        elsewhere.setBody("a casino");
        assertThat(host.traffic().fromElsewhere(elsewhere)).isTrue();
        assertThat(command(owner, "rules", "rule", "link", "value", "many", "mode", "ENFORCE"))
                .contains("bad-request", "value");
    }

    @Test
    void aMuteKeepsAPersonFromSpeakingAndLiftingItDoesNot() {
        assertThat(command(owner, "mute", "person", "Kim", "reason", "noise", "minutes", "5"))
                .contains("completed");
        assertThat(says(KIM, "hello")).isFalse();
        assertThat(last().toXML()).contains("forbidden", "noise");
        String id = services.sanctions().inForce(den).get(0).id();
        assertThat(command(owner, "lift", "sanction", id)).contains("completed");
        assertThat(says(KIM, "hello")).isTrue();
    }
}
