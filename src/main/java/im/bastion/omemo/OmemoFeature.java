// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.AuditTrail;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.Pep;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.RecordTable;
import im.bastion.store.Records;
import java.time.Clock;
import java.util.List;

/** OMEMO that works: puts the guard together, announces what it makes possible, and follows the settings. */
public final class OmemoFeature implements AutoCloseable {
    private final Settings settings;
    private final Health health;
    private final PepFeatures features;
    private final Arrivals arrivals;
    private final NodeSweep sweep;
    private final OmemoGuard guard;
    private Subscription changes = () -> {};

    public OmemoFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this(host, settings, audit, counters, health, clock, new RecordTable(host.database()));
    }

    /** With documents that a test holds. */
    OmemoFeature(
            Host host,
            Settings settings,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock,
            Records records) {
        this.settings = settings;
        this.health = health;
        Pep pep = host.pep();
        AwaitedPublishes awaited = new AwaitedPublishes(clock);
        OmemoRecord record = new OmemoRecord(audit, counters, health, clock);
        List<PublishJudge> judges = List.of(new CheckedPublishes(owner -> KnownKeys.NONE, record));
        SentEvents sent = new SentEvents(clock);
        List<KeptPublishListener> listeners = List.of(new Announcements(host, sent));
        features = new PepFeatures(host);
        arrivals = new Arrivals(host);
        sweep = new NodeSweep(
                new SweptPages(host), records, record, () -> settings.get(OmemoSettings.MAX_ITEMS), clock);
        guard = new OmemoGuard(List.of(
                new OwnerRequests(
                        new PublishRequests(pep, awaited, judges, record), new ConfigureRequests(pep, record)),
                new PublishAnswers(pep, awaited, listeners, record),
                features,
                new EventCopies(host, sent, record),
                arrivals));
    }

    /** For the gate; asks for nothing before {@link #start} and after {@link #close}. */
    public Guard guard() {
        return guard;
    }

    /** The sweep over nodes from before, for the console. */
    public NodeSweep sweep() {
        return sweep;
    }

    public void start() {
        apply();
        changes = settings.onChange(setting -> {
            if (OmemoSettings.ALL.contains(setting)) {
                apply();
            }
        });
        health.ok(OmemoRecord.PART);
        sweep.resume();
    }

    @Override
    public void close() {
        changes.close();
        sweep.close();
        put(Mode.OFF);
        arrivals.close();
    }

    private void apply() {
        put(settings.get(OmemoSettings.MODE));
    }

    private synchronized void put(Mode mode) {
        features.announce(mode == Mode.ENFORCE);
        guard.apply(new OmemoPolicy(
                mode,
                settings.get(OmemoSettings.MAX_ITEMS),
                settings.get(OmemoSettings.STRICT),
                settings.get(OmemoSettings.DURABLE)));
    }
}
