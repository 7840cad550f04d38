// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.audit.AuditTrail;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.book.ModerationRules;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.consequence.IncidentLog;
import im.bastion.moderation.consequence.LiveConsequences;
import im.bastion.moderation.consequence.SimulatedConsequences;
import im.bastion.moderation.event.Acquaintances;
import im.bastion.moderation.event.Senders;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moderation as a whole: follows its settings and rules from start to close, and tells how it is. */
public final class ModerationFeature implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModerationFeature.class);
    private static final String NAME = ModerationGuard.NAME;

    private final Settings settings;
    private final Policies policies;
    private final Health health;
    private final ModerationGuard guard;
    private final List<Subscription> subscriptions = new ArrayList<>();

    public ModerationFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock) {
        this.settings = settings;
        this.policies = policies;
        this.health = health;
        IncidentLog log =
                new IncidentLog(audit, clock, () -> ThreadLocalRandom.current().nextLong());
        this.guard = new ModerationGuard(
                host.rooms(),
                new Senders(host.rooms(), host.users(), host.domain(), Acquaintances.NONE),
                new ModerationEngine(new RuleWatch()),
                new LiveConsequences(log, counters),
                new SimulatedConsequences(log, counters),
                counters,
                clock);
    }

    /** What is wrong with the definition, naming the field and what is allowed there; null when nothing is. */
    public static String fault(PolicyRow definition) {
        List<String> problems = RuleBook.of(ModerationRules.ALL).with(List.of(definition)).problems();
        return problems.isEmpty() ? null : problems.get(0);
    }

    /** What the gate asks. */
    public Guard guard() {
        return guard;
    }

    /** Begins to judge. */
    public void start() {
        subscriptions.add(settings.onChange(setting -> readMode()));
        subscriptions.add(policies.onChange(this::readRules));
        readMode();
        readRules(NAME);
    }

    /** Stops judging. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        guard.use(Mode.OFF);
    }

    private synchronized void readMode() {
        guard.use(settings.get(ModerationSettings.MODE));
    }

    /** One at a time, so that an older set of rules never replaces a newer one. */
    private synchronized void readRules(String changedGuard) {
        if (!changedGuard.equals(NAME)) {
            return;
        }
        RuleBook book = guard.book().with(policies.of(NAME));
        guard.use(book);
        if (book.problems().isEmpty()) {
            health.ok(NAME);
        } else {
            String problems = String.join(". ", book.problems());
            LOG.warn("{}", problems);
            health.degraded(NAME, problems);
        }
    }
}
