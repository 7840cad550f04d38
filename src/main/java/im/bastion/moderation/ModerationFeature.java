// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.gate.Guard;
import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.archive.ModerationRequests;
import im.bastion.moderation.archive.PassedEvents;
import im.bastion.moderation.archive.RoomIds;
import im.bastion.moderation.archive.RoomRetractions;
import im.bastion.moderation.archive.Seal;
import im.bastion.moderation.book.ModerationRules;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.book.Trial;
import im.bastion.moderation.consequence.LiveConsequences;
import im.bastion.moderation.consequence.SimulatedConsequences;
import im.bastion.moderation.desk.CaseBook;
import im.bastion.moderation.desk.Desk;
import im.bastion.moderation.desk.Reports;
import im.bastion.moderation.desk.RoomCommands;
import im.bastion.moderation.desk.RuleScores;
import im.bastion.moderation.event.Senders;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.limit.SeenPeople;
import im.bastion.moderation.limit.SlowModeForm;
import im.bastion.moderation.reputation.FollowedLists;
import im.bastion.moderation.reputation.ListedInside;
import im.bastion.moderation.reputation.OwnList;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.sanction.RoomSanctions;
import im.bastion.moderation.sanction.Strikes;
import im.bastion.moderation.statistics.Statistics;
import im.bastion.moderation.statistics.What;
import im.bastion.moderation.wave.Shields;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import im.bastion.store.RecordTable;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moderation as a whole, built in the order of this list; follows its settings and rules from start to close. */
public final class ModerationFeature implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModerationFeature.class);
    private static final String NAME = ModerationGuard.NAME;

    private final Settings settings;
    private final Policies policies;
    private final Host host;
    private final AuditTrail audit;
    private final Health health;
    private final Clock clock;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    private final RuleWatch watch = new RuleWatch();
    private final Shields shields = new Shields();
    private final RecordWriter writer;
    private final Records records;
    private final Strikes strikes;
    private final SeenPeople people;
    private final RuleScores scores;
    private final Statistics statistics;
    private final SlowModes slowModes;
    private final FollowedLists lists;
    private final ModerationGuard guard;
    private final ModerationServices services;
    private Subscription announced;
    private boolean isPublishing;

    public ModerationFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock) {
        this(host, settings, policies, audit, counters, health, clock, new RecordTable(host.database()));
    }

    /** @param records where cases, sanctions and the rest are kept */
    public ModerationFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail trail,
            Counters counters,
            Health health,
            Clock clock,
            Records records) {
        this.settings = settings;
        this.policies = policies;
        this.host = host;
        this.health = health;
        this.clock = clock;
        this.records = records;
        writer = opened(new RecordWriter(records, health, clock));
        statistics = opened(new Statistics(writer::put));
        audit = event -> {
            trail.record(event);
            statistics.note(event);
        };
        strikes = new Strikes(writer::put, clock);
        people = new SeenPeople(writer::put);
        scores = new RuleScores(
                writer::put, clock, (rule, version, why) -> watch.suspend(rule, version, Mode.OBSERVE, why));
        lists = opened(new FollowedLists(
                host, records, audit, clock, new OwnList(host, () -> settings.get(ModerationSettings.PUBLISH_LIST))));
        RoomSanctions sanctions = opened(new RoomSanctions(host, records, writer, audit, clock));
        Holds holds = opened(new Holds(host.stanzas()));
        Seal seal = new Seal(host.properties());
        RoomIds ids = new RoomIds(host.properties(), host.rooms());
        PassedEvents passed = new PassedEvents();
        RoomRetractions retractions = opened(new RoomRetractions(
                host,
                passed,
                ids,
                seal,
                records,
                audit,
                clock,
                () -> settings.get(ModerationSettings.HIDE_MODERATORS),
                Duration.ofDays(settings.get(ModerationSettings.EVIDENCE_DAYS))));
        FollowUp followUp = new FollowUp(retractions, sanctions, strikes, scores, holds, statistics, audit, clock);
        sanctions.onImposed(followUp::imposed);
        CaseBook cases = new CaseBook(records, writer, audit, clock, seal::seal, seal::unseal, followUp);
        cases.onOpened(opened -> statistics
                .byRoom()
                .count(
                        opened.openedAt().toEpochMilli(),
                        opened.room() == null ? "" : opened.room().toString(),
                        What.CASE));
        Senders senders = new Senders(host.rooms(), host.users(), host.domain(), people);
        RuleBook empty = RuleBook.of(ModerationRules.of(host.rooms(), lists, shields));
        Reports reports = new Reports(
                host,
                cases,
                ids::occupantId,
                (room, stanzaId) -> passed.find(room, stanzaId).map(PassedEvents.Passed::author),
                clock);
        RoomCommands commands =
                opened(new Desk(host, cases, sanctions, retractions, policies, this::fault, clock).commands());
        slowModes = opened(new SlowModes(host, policies, empty));
        RoomDesk desk = new RoomDesk(List.of(
                new ModerationRequests(host, retractions, ids),
                reports,
                commands,
                new SlowModeForm(
                        slowModes::seconds,
                        slowModes::set,
                        (room, person) -> host.rooms().affiliation(room, person) == Affiliation.OWNER
                                || host.users().isAdmin(person))));
        guard = new ModerationGuard(
                new ModerationGuard.Stations(
                        host.rooms(),
                        ids,
                        desk,
                        senders,
                        sanctions,
                        new ModerationEngine(watch),
                        new LiveConsequences(followUp.filingIn(cases), followUp, counters),
                        new SimulatedConsequences(followUp.filingIn(cases), followUp, counters),
                        holds,
                        people,
                        passed,
                        reports,
                        lists),
                empty,
                counters,
                clock);
        slowModes.follow(guard::book);
        holds.onDelivered(guard::delivered);
        services = new ModerationServices(
                guard::book,
                new Trial(empty, host.roomArchive(), senders),
                scores,
                watch,
                cases,
                sanctions,
                retractions,
                lists,
                shields,
                holds,
                slowModes::seconds,
                statistics);
        watch.onSuspension(this::suspended);
        shields.onRaised(shield -> record("shield-raised", shield.room().toString(), shield.why()));
        lists.onAdded(new ListedInside(host, lists, () -> inForce(), (room, occupant) -> host.roomActions()
                .kick(room, occupant.realJid(), "Your account or server is on a block list.")));
    }

    /** What is wrong with the definition, naming the field and what is allowed there; null when nothing is. */
    public String fault(PolicyRow definition) {
        List<String> problems =
                RuleBook.of(guard.book().types()).with(List.of(definition)).problems();
        return problems.isEmpty() ? null : problems.get(0);
    }

    /** What the gate asks. */
    public Guard guard() {
        return guard;
    }

    /** What the console may ask and do. */
    public ModerationServices services() {
        return services;
    }

    /** Begins to judge. */
    public void start() {
        Thread loader = new Thread(this::load, "bastion-moderation-start");
        loader.setDaemon(true);
        loader.start();
        parts.push(loader::join);
        isPublishing = settings.get(ModerationSettings.PUBLISH_LIST);
        subscriptions.add(settings.onChange(setting -> readMode()));
        subscriptions.add(settings.onChange(setting -> readPublishing()));
        subscriptions.add(policies.onChange(this::readRules));
        readMode();
        readRules(NAME);
    }

    /** Stops judging; what is held back is delivered, what waits is written. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        guard.use(Mode.OFF);
        withdrawAnnouncement();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.error("A part of moderation could not be closed", e);
            }
        }
    }

    private void load() {
        statistics.load(records);
        scores.load(records);
        strikes.load(records);
        people.load(records);
    }

    private List<ActiveRule> inForce() {
        return guard.mode() == Mode.ENFORCE ? guard.book().rules() : List.of();
    }

    private synchronized void readMode() {
        guard.use(settings.get(ModerationSettings.MODE));
        boolean takesReports = guard.mode() != Mode.OFF;
        if (takesReports && announced == null) {
            announced = host.iqServices().announce(Reports.REPORTING);
        } else if (!takesReports) {
            withdrawAnnouncement();
        }
    }

    private synchronized void withdrawAnnouncement() {
        if (announced != null) {
            announced.close();
            announced = null;
        }
    }

    private synchronized void readPublishing() {
        boolean wanted = settings.get(ModerationSettings.PUBLISH_LIST);
        if (wanted != isPublishing) {
            isPublishing = wanted;
            lists.publishAsWanted();
        }
    }

    /** One at a time, so that an older set of rules never replaces a newer one. */
    private synchronized void readRules(String changedGuard) {
        if (!changedGuard.equals(NAME)) {
            return;
        }
        RuleBook book = guard.book().with(policies.of(NAME));
        guard.use(book);
        strikes.use(book.rules());
        lists.use(book.rules());
        slowModes.changed();
        report(book);
    }

    private void report(RuleBook book) {
        List<String> wrong = new ArrayList<>(book.problems());
        watch.suspensions().stream()
                .filter(suspension -> book.rules().stream()
                        .anyMatch(active ->
                                active.id().equals(suspension.rule()) && active.version() == suspension.version()))
                .forEach(suspension -> wrong.add("Rule " + suspension.rule() + " is suspended: " + suspension.why()));
        if (wrong.isEmpty()) {
            health.ok(NAME);
        } else {
            String problems = String.join(". ", wrong);
            LOG.warn("{}", problems);
            health.degraded(NAME, problems);
        }
    }

    private void suspended(RuleWatch.Suspension suspension) {
        record("rule-suspended", suspension.rule().value(), suspension.why());
        report(guard.book());
    }

    private void record(String action, String subject, String detail) {
        audit.record(new AuditEvent(clock.instant(), NAME, "bastion", action, subject, null, 0, guard.mode(), detail));
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}
