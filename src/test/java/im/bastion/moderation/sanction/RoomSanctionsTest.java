// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.Affiliation;
import im.bastion.host.Role;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Health;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleScope;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.moderation.sanction.Sanction.Kind;
import im.bastion.moderation.sanction.Sanctions.Refused;
import im.bastion.moderation.sanction.Sanctions.Wish;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.MemoryRecords;
import im.bastion.store.RecordWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class RoomSanctionsTest {
    private static final JID KIM = new JID("kim@away.example/phone");

    private final MemoryHost host = new MemoryHost();
    private final MemoryRecords records = new MemoryRecords();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final MovingClock clock = new MovingClock();
    private final RecordWriter writer = new RecordWriter(records, new Health(clock), clock);
    private RoomSanctions sanctions = sanctions();
    private JID owner;
    private JID den;

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private record Told(Sanction imposed, Refused refused) {}

    @BeforeEach
    void furnish() {
        owner = host.users().register("owner");
        den = host.rooms().create("den", owner);
        host.rooms().enter(den, KIM, "Kim");
    }

    @AfterEach
    void close() {
        sanctions.close();
        writer.close();
        host.close();
    }

    private RoomSanctions sanctions() {
        return new RoomSanctions(host, records, writer, audit::add, clock);
    }

    private Told impose(Kind kind, JID person, Duration length) throws Exception {
        CompletableFuture<Told> told = new CompletableFuture<>();
        sanctions.impose(
                new Wish(kind, den, person.asBareJID(), length, null, "7F3K-9QXT", "shouting", "lee@home.example"),
                (imposed, refused) -> told.complete(new Told(imposed, refused)));
        return told.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aMuteHoldsUntilItsEndAndThePersonIsToldWhyButNotByWhom() throws Exception {
        assertThat(impose(Kind.MUTE, KIM, Duration.ofMinutes(10)).imposed()).isNotNull();
        assertThat(sanctions.muteOf(den, KIM)).isNotNull();
        assertThat(host.stanzas().sent()).singleElement().satisfies(told -> assertThat(told.toXML())
                .contains("You cannot speak in", "shouting", "7F3K-9QXT")
                .doesNotContain("lee@home.example"));
        clock.now = clock.now.plusSeconds(601);
        assertThat(sanctions.muteOf(den, KIM)).isNull();
        Awaitility.await().until(() -> sanctions.inForce(den).isEmpty() && audited("sanction-expired"));
    }

    @Test
    void aBanEndsByItselfAlsoAfterARestart() throws Exception {
        Sanction ban = impose(Kind.BAN, KIM, Duration.ofHours(1)).imposed();
        assertThat(host.rooms().affiliation(den, KIM)).isEqualTo(Affiliation.OUTCAST);
        assertThat(writer.flush(10_000)).isTrue();
        sanctions.close();
        clock.now = clock.now.plusSeconds(3_601);
        sanctions = sanctions();
        Awaitility.await().until(() -> host.rooms().affiliation(den, KIM) == Affiliation.NONE);
        assertThat(ban.reason()).isEqualTo("shouting");
    }

    @Test
    void aBanThatAHumanHasMadeAMembershipMeanwhileIsLeftAlone() throws Exception {
        impose(Kind.BAN, KIM, Duration.ofHours(1));
        host.rooms().affiliate(den, KIM, Affiliation.MEMBER);
        clock.now = clock.now.plusSeconds(3_601);
        Awaitility.await().until(() -> audited("sanction-expired"));
        assertThat(host.rooms().affiliation(den, KIM)).isEqualTo(Affiliation.MEMBER);
    }

    @Test
    void aClockThatIsSetBackNeverLosesASanction() throws Exception {
        impose(Kind.MUTE, KIM, Duration.ofMinutes(10));
        clock.now = clock.now.minusSeconds(86_400);
        assertThat(sanctions.muteOf(den, KIM)).isNotNull();
    }

    @Test
    void nobodyWhoIsExemptIsReachedAndNeverTheLastOwner() throws Exception {
        assertThat(impose(Kind.BAN, owner, null).refused()).isEqualTo(Refused.LAST_OWNER);
        host.rooms().affiliate(den, KIM, Affiliation.ADMIN);
        assertThat(impose(Kind.KICK, KIM, null).refused()).isEqualTo(Refused.EXEMPT);
        host.rooms().affiliate(den, KIM, Affiliation.NONE);
        host.rooms().assign(den, KIM, Role.MODERATOR);
        assertThat(impose(Kind.MUTE, KIM, null).refused()).as("a moderator").isEqualTo(Refused.EXEMPT);
        JID admin = host.users().registerAdmin("admin");
        assertThat(impose(Kind.BAN, admin, null).refused()).isEqualTo(Refused.EXEMPT);
        assertThat(host.roomActions().done()).isEmpty();
    }

    @Test
    void liftingEndsItAtOnceAndOnlyOnce() throws Exception {
        Sanction mute = impose(Kind.MUTE, KIM, null).imposed();
        assertThat(sanctions.lift(mute.id(), "admin")).isTrue();
        assertThat(sanctions.lift(mute.id(), "admin")).isFalse();
        assertThat(sanctions.muteOf(den, KIM)).isNull();
        assertThat(sanctions.inForce(null)).isEmpty();
        assertThat(audited("sanction-lifted")).isTrue();
    }

    @Test
    void strikesClimbTheLadderStepByStepAndAreForgotten() throws BrokenDefinition {
        RuleStage stage = new RuleStage();
        Strikes strikes = new Strikes(row -> records.put(List.of(row)), clock);
        ActiveRule ladder = new ActiveRule(
                new RuleId("moderation.ladder"),
                LadderRule.TYPE,
                RuleStage.rule(LadderRule.TYPE, "{'warn':2,'mute':3,'kick':0,'ban':5,'halfLifeSeconds':3600}"),
                RuleScope.EVERYWHERE,
                1,
                Mode.ENFORCE);
        strikes.use(List.of(ladder));
        Hit hit = new Hit(ladder, Mode.ENFORCE, new RuleOutcome.Finding(Evidence.fact("x=1")), "Kim");
        List<Kind> climbed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Strikes.Climbed step = strikes.strike(event(stage.after(1_000)), hit, "REF");
            if (step != null) {
                climbed.add(step.wish().kind());
            }
        }
        assertThat(climbed).containsExactly(Kind.WARN, Kind.MUTE, Kind.BAN);
        Strikes restarted = new Strikes(row -> {}, clock);
        restarted.use(List.of(ladder));
        restarted.load(records);
        assertThat(restarted.strike(event(stage.after(1_000)), hit, "REF"))
                .as("six before the restart")
                .isNull();
        assertThat(strikes.strike(event(stage.after(86_400_000)), hit, "REF"))
                .as("a day later")
                .isNull();
        strikes.forgive(RuleStage.DEN, RuleStage.KIM);
        assertThat(strikes.strike(event(stage), hit, "REF")).isNull();
        assertThat(strikes.strike(event(stage), hit, "REF").wish().kind()).isEqualTo(Kind.WARN);
    }

    private static ActiveRule ladder(String name, String rooms, Mode mode, String steps) throws BrokenDefinition {
        RuleScope scope = RuleScope.read(RuleStage.definition("{'rooms':['" + rooms + "']}"));
        return new ActiveRule(
                new RuleId("moderation." + name),
                LadderRule.TYPE,
                RuleStage.rule(LadderRule.TYPE, steps),
                scope,
                1,
                mode);
    }

    @Test
    void theLadderThatMeansTheRoomClosestIsClimbed() throws BrokenDefinition {
        Strikes strikes = new Strikes(row -> {}, clock);
        ActiveRule every = ladder("every", "*", Mode.ENFORCE, "{'warn':0,'mute':0,'kick':0,'ban':1}");
        ActiveRule service =
                ladder("service", "*@" + RuleStage.DEN.getDomain(), Mode.ENFORCE, "{'warn':0,'mute':0,'kick':1}");
        ActiveRule prefix = ladder("prefix", "de*@" + RuleStage.DEN.getDomain(), Mode.ENFORCE, "{'warn':0,'mute':1}");
        ActiveRule own = ladder("own", RuleStage.DEN.toString(), Mode.ENFORCE, "{'warn':1}");
        RuleStage stage = new RuleStage();
        List<Kind> climbed = new ArrayList<>();
        for (List<ActiveRule> ladders : List.of(
                List.of(every),
                List.of(every, service),
                List.of(every, prefix, service),
                List.of(own, every, prefix))) {
            strikes.use(ladders);
            climbed.add(strikes.strike(event(stage), hit(every), "REF").wish().kind());
            strikes.forgive(RuleStage.DEN, RuleStage.KIM);
        }
        assertThat(climbed).containsExactly(Kind.BAN, Kind.KICK, Kind.MUTE, Kind.WARN);
    }

    @Test
    void aLadderThatObservesCountsApartAndSaysWhatWouldFollow() throws BrokenDefinition {
        Strikes strikes = new Strikes(row -> {}, clock);
        ActiveRule observed = ladder("observed", "*", Mode.OBSERVE, "{'warn':2}");
        strikes.use(List.of(observed));
        RuleStage stage = new RuleStage();
        assertThat(strikes.strike(event(stage), hit(observed), "REF"))
                .as("it never acts")
                .isNull();
        assertThat(strikes.observe(event(stage), hit(observed), "REF")).isNull();
        assertThat(strikes.observe(event(stage), hit(observed), "REF")).satisfies(climbed -> {
            assertThat(climbed.ladder()).isSameAs(observed);
            assertThat(climbed.wish().kind()).isEqualTo(Kind.WARN);
        });
    }

    private static Hit hit(ActiveRule rule) {
        return new Hit(rule, Mode.ENFORCE, new RuleOutcome.Finding(Evidence.fact("x=1")), "Kim");
    }

    private static RoomEvent event(RuleStage stage) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody("x");
        return stage.event(RuleStage.KIM, message);
    }

    private boolean audited(String action) {
        return audit.stream().anyMatch(event -> event.action().equals(action));
    }
}
