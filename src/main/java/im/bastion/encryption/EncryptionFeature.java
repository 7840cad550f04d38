// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.audit.AuditTrail;
import im.bastion.encryption.rule.RuleReader;
import im.bastion.encryption.traffic.Conversations;
import im.bastion.encryption.traffic.Usage;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.KeyBan;
import im.bastion.policy.KeyKeeper;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import im.bastion.store.RecordTable;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.Message;

/** The encryption policy as a whole; follows its settings, rules and groups from start to close. */
public final class EncryptionFeature implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EncryptionFeature.class);
    private static final String NAME = EncryptionGuard.NAME;
    private static final int MINUTE = 60;
    private static final int NODE_NAME_LENGTH = 8;

    private final Host host;
    private final Settings settings;
    private final Policies policies;
    private final Health health;
    private final Clock clock;
    private final Records records;
    private final Conversations conversations = new Conversations();
    private final Usage usage = new Usage(UUID.randomUUID().toString().substring(0, NODE_NAME_LENGTH));
    private final RulesInForce rules;
    private final EncryptionRecord record;
    private final Warnings warnings;
    private final EncryptionGuard guard;
    private final EncryptionServices services;
    private final List<KeyKeeper> keepers = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile ScheduledExecutorService thread;

    public EncryptionFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock) {
        this(host, settings, policies, audit, counters, health, clock, new RecordTable(host.database()));
    }

    /** @param records where the counts by domain and room are kept */
    public EncryptionFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock,
            Records records) {
        this.host = host;
        this.settings = settings;
        this.policies = policies;
        this.health = health;
        this.clock = clock;
        this.records = records;
        this.rules = new RulesInForce(policies, settings, host.groups(), health, clock);
        this.record = new EncryptionRecord(conversations, usage, settings, audit, counters, clock, host.domain());
        this.warnings = new Warnings(host.domain(), this::send);
        Ends ends = new Ends(host.domain(), host.rooms(), host.serverSessions());
        this.guard = new EncryptionGuard(host.domain(), ends, rules, record, warnings, clock);
        this.services = new EncryptionServices(host, rules, policies, conversations, ends, this::counts, clock);
    }

    /** What is wrong with the definition, naming the field and what is allowed there; null when nothing is. */
    public static String fault(PolicyRow definition) {
        try {
            RuleReader.read(definition, Mode.ENFORCE, group -> Set.of());
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What the gate asks; asks for nothing before {@link #start} and after {@link #close}. */
    public Guard guard() {
        return guard;
    }

    /** What the console may ask. */
    public EncryptionServices services() {
        return services;
    }

    /** Tells whoever looks after keys which of them must not be offered, now and whenever that may have changed. */
    public void tellOfBans(KeyKeeper keeper) {
        keepers.add(keeper);
    }

    /** Puts the rules in force. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "bastion-encryption");
            created.setDaemon(true);
            return created;
        });
        subscriptions.add(policies.onChange(changed -> {
            if (changed.equals(NAME)) {
                reload();
            }
        }));
        subscriptions.add(settings.onChange(setting -> {
            if (EncryptionSettings.ALL.contains(setting)) {
                reload();
            }
        }));
        reload();
        var unused = thread.scheduleWithFixedDelay(this::minute, MINUTE, MINUTE, TimeUnit.SECONDS);
        health.ok(NAME);
    }

    /** Lets every message pass; writes what has been counted. */
    @Override
    public synchronized void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        rules.shut();
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
            record.flush();
            write();
        }
    }

    /** What is done every minute. */
    void minute() {
        try {
            Instant now = clock.instant();
            record.flush();
            warnings.forget(now);
            conversations.forget(today() - settings.get(EncryptionSettings.REMEMBER_DAYS) + 1);
            if (rules.groupsHaveChanged() || rules.graceHasEnded(now)) {
                reload();
            }
            write();
        } catch (RuntimeException e) {
            // A task that throws would never run again.
            LOG.warn("Looking after the encryption policy failed; tried again", e);
            health.degraded(NAME, "Looking after the policy failed, see the log: " + e);
        }
    }

    private void reload() {
        rules.reload();
        KeyBan ban = rules.forbidsKeys() ? new ForbiddenKeys(host.domain(), rules, clock) : KeyBan.NONE;
        keepers.forEach(keeper -> keeper.obey(ban));
    }

    private void write() {
        try {
            usage.write(records, today(), settings.get(EncryptionSettings.STATISTICS_DAYS));
            var unused = records.purge(clock.millis(), Records.MAX_PAGE);
            health.ok(NAME);
        } catch (SQLException e) {
            health.degraded(NAME, "The counts of messages cannot be written now: " + e.getMessage());
        }
    }

    private List<Usage.Count> counts(int days) {
        try {
            usage.write(records, today(), settings.get(EncryptionSettings.STATISTICS_DAYS));
            return Usage.read(records, today() - days + 1, today());
        } catch (SQLException e) {
            LOG.warn("The counts of messages cannot be read: {}", e.getMessage());
            return null;
        }
    }

    private long today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    }

    /** On the stanza path: a warning that comes while the plugin is being closed is lost. */
    private void send(Message warning) {
        ScheduledExecutorService running = thread;
        try {
            if (running != null) {
                running.execute(() -> host.stanzas().send(warning));
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("A warning was not sent: {}", e.getMessage());
        }
    }
}
