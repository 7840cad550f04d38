// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Gate;
import im.bastion.gate.Interest;
import im.bastion.host.Affiliation;
import im.bastion.host.Point;
import im.bastion.host.Subscription;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** The feature behind the real gate, on the host in memory. */
class ModerationFeatureTest {
    private static final RuleId RULE = new RuleId("moderation.listed-phrase");
    private static final String LIST = "{\"phrases\":[\"buy cheap pills\"]}";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    private static final JID STRANGER = new JID("kim@away.example/phone");

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final MemoryPolicyStore policies = new MemoryPolicyStore();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private final Health health = new Health(CLOCK);
    private final ModerationFeature feature =
            new ModerationFeature(host, settings, policies, audit::add, counters, health, CLOCK, new MemoryRecords());
    private Subscription watching;
    private JID owner;
    private JID den;

    @BeforeEach
    void start() {
        owner = host.users().register("owner");
        den = host.rooms().create("den", owner);
        policies.change(RULE, Mode.ENFORCE, LIST, "admin");
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        feature.start();
        Gate gate = new Gate(host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters);
        watching = host.traffic().watch(gate);
    }

    @AfterEach
    void stop() {
        watching.close();
        feature.close();
        settings.close();
        host.close();
    }

    private Message message(String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setID("id-1");
        message.setTo(den);
        message.setBody(body);
        return message;
    }

    private boolean says(JID sender, String body) {
        Message message = message(body);
        message.setFrom(sender);
        return host.traffic().fromElsewhere(message);
    }

    @Test
    void aStrangersListedMessageIsRefusedWithAReason() {
        host.rooms().enter(den, STRANGER, "Kim");
        assertThat(says(STRANGER, "Hey, BUY cheap pills!")).isFalse();
        Packet error = host.stanzas().sent().get(0);
        assertThat(error.getTo()).isEqualTo(STRANGER);
        assertThat(error.getFrom()).isEqualTo(den);
        assertThat(error.getID()).isEqualTo("id-1");
        assertThat(error.getElement().attributeValue("type")).isEqualTo("error");
        assertThat(error.getElement().element("error").element("policy-violation"))
                .isNotNull();
        String text = error.getElement().element("error").elementText("text");
        assertThat(text).contains("not delivered", "moderation.listed-phrase").doesNotContainIgnoringCase("pills");

        AuditEvent event = audit.get(0);
        assertThat(audit).hasSize(1);
        assertThat(event.at()).isEqualTo(CLOCK.instant());
        assertThat(event.guard()).isEqualTo("moderation");
        assertThat(event.actor()).isEqualTo("kim@away.example");
        assertThat(event.action()).isEqualTo("message-refused");
        assertThat(event.subject()).isEqualTo(den.toString());
        assertThat(event.rule()).isEqualTo(RULE);
        assertThat(event.ruleVersion()).isEqualTo(1);
        assertThat(event.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(event.detail())
                .contains("\"entry\":0", "\"nickname\":\"Kim\"")
                .doesNotContainIgnoringCase("pills");
        String reference = text.replaceAll("(?s).*reference ([0-9A-Z]{4}-[0-9A-Z]{4})\\).*", "$1");
        assertThat(event.detail()).contains("\"reference\":\"" + reference + "\"");
        assertThat(counters.snapshot()).containsEntry("moderation.refused", 1L);
    }

    @Test
    void aCleanMessagePasses() {
        assertThat(says(STRANGER, "Who would buy those?")).isTrue();
        assertThat(audit).isEmpty();
        assertThat(counters.snapshot()).containsEntry("moderation.judged", 1L);
    }

    @Test
    void ownerAdminAndMemberPass() {
        assertThat(says(new JID(owner + "/desk"), "buy cheap pills")).isTrue();
        for (Affiliation affiliation : List.of(Affiliation.ADMIN, Affiliation.MEMBER)) {
            host.rooms().affiliate(den, STRANGER, affiliation);
            assertThat(says(STRANGER, "buy cheap pills")).as("%s", affiliation).isTrue();
        }
        assertThat(audit).isEmpty();
    }

    @Test
    void anExemptionIsLostWithTheAffiliation() {
        host.rooms().affiliate(den, STRANGER, Affiliation.MEMBER);
        assertThat(says(STRANGER, "buy cheap pills")).isTrue();
        host.rooms().affiliate(den, STRANGER, Affiliation.NONE);
        assertThat(says(STRANGER, "buy cheap pills")).isFalse();
    }

    @Test
    void anAdministratorOfTheServerPasses() {
        JID admin = host.users().registerAdmin("admin");
        assertThat(says(new JID(admin + "/desk"), "buy cheap pills")).isTrue();
    }

    @Test
    void aPrivateMessageInTheRoomIsJudgedToo() {
        Message message = message("buy cheap pills");
        message.setType(Message.Type.chat);
        message.setTo(den + "/Lee");
        message.setFrom(STRANGER);
        assertThat(host.traffic().fromElsewhere(message)).isFalse();
        assertThat(host.stanzas().sent().get(0).getFrom()).isEqualTo(new JID(den + "/Lee"));
    }

    @Test
    void theRoomsOwnCopiesAreNotJudgedAgain() {
        Message copy = message("buy cheap pills");
        copy.setFrom(den + "/Lee");
        copy.setTo(STRANGER);
        assertThat(host.traffic().fromElsewhere(copy)).isTrue();
        assertThat(host.traffic().toClient(copy, STRANGER)).isTrue();
    }

    @Test
    void observingDeliversAndWritesDownWhatWouldHaveBeenDone() {
        settings.set(ModerationSettings.MODE, Mode.OBSERVE);
        assertThat(says(STRANGER, "buy cheap pills")).isTrue();
        assertThat(host.stanzas().sent()).isEmpty();
        assertThat(audit).extracting(AuditEvent::mode).containsExactly(Mode.OBSERVE);
        assertThat(counters.snapshot()).containsEntry("moderation.would-refuse", 1L);
    }

    @Test
    void aRuleThatObservesDoesNoMoreWhenTheGuardEnforces() {
        policies.change(RULE, Mode.OBSERVE, LIST, "admin");
        assertThat(says(STRANGER, "buy cheap pills")).isTrue();
        assertThat(audit)
                .extracting(AuditEvent::mode, AuditEvent::ruleVersion)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Mode.OBSERVE, 2));
    }

    @Test
    void observesUntilAnAdminDecidesOtherwise() {
        host.properties().set(ModerationSettings.MODE.key(), null);
        assertThat(says(STRANGER, "buy cheap pills")).isTrue();
        assertThat(audit).hasSize(1);
    }

    @Test
    void asksForNothingWhileItIsOff() {
        assertThat(feature.guard().interests(Point.ENTERING))
                .isEqualTo(Interest.ROOM | Interest.BLOCK | Interest.INVITATION);
        // What a room hands out to each of many is not looked at again.
        assertThat(feature.guard().interests(Point.DELIVERING)).isEqualTo(Interest.ROOM_IQ);
        assertThat(feature.guard().interests(Point.LEAVING)).isEqualTo(Interest.ROOM_IQ);
        settings.set(ModerationSettings.MODE, Mode.OFF);
        for (Point point : Point.values()) {
            assertThat(feature.guard().interests(point)).as("%s", point).isZero();
        }
    }

    @Test
    void aBrokenRuleIsReportedAndTheLastGoodOneStaysInForce() {
        policies.change(RULE, Mode.ENFORCE, "{\"phrases\":7}", "admin");
        assertThat(health.of("moderation").state()).isEqualTo(Health.State.DEGRADED);
        assertThat(health.of("moderation").message())
                .contains("moderation.listed-phrase", "\"phrases\"", "1 to 10000", "version 1 stays in force");
        assertThat(says(STRANGER, "buy cheap pills")).isFalse();
        policies.change(RULE, Mode.ENFORCE, "{\"phrases\":[\"x\"]}", "admin");
        assertThat(health.of("moderation").state()).isEqualTo(Health.State.OK);
        assertThat(says(STRANGER, "buy cheap pills")).isTrue();
    }

    @Test
    void strangeStanzasPassWithoutAFault() {
        Message nobody = message("buy cheap pills");
        assertThat(host.traffic().fromElsewhere(nobody)).as("without sender").isTrue();
        Message error = message("buy cheap pills");
        error.setType(Message.Type.error);
        error.setFrom(STRANGER);
        assertThat(host.traffic().fromElsewhere(error)).as("an error").isTrue();
        Message madeUp = message("buy cheap pills");
        madeUp.getElement().addAttribute("type", "made-up");
        madeUp.setFrom(STRANGER);
        assertThat(host.traffic().fromElsewhere(madeUp)).as("of no known type").isTrue();
        assertThat(host.stanzas().sent()).isEmpty();
        assertThat(counters.snapshot()).containsEntry("gate.faults", 0L);
    }

    @Test
    void aHugeMessageIsJudgedByItsBeginning() {
        assertThat(says(STRANGER, "buy cheap pills " + "x".repeat(1_000_000))).isFalse();
        assertThat(says(STRANGER, "x ".repeat(500_000) + " buy cheap pills")).isTrue();
        assertThat(counters.snapshot()).containsEntry("moderation.cut-off", 2L);
    }

    @Test
    void closedItJudgesNothingAndListensToNothing() {
        feature.close();
        assertThat(says(STRANGER, "buy cheap pills")).isTrue();
        assertThat(policies.listeners()).isZero();
        settings.set(ModerationSettings.MODE, Mode.OBSERVE);
        assertThat(feature.guard().interests(Point.ENTERING)).isZero();
    }
}
