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
import java.time.Clock;
import java.util.List;

/** OMEMO that works: puts the guard together, announces what it makes possible, and follows the settings. */
public final class OmemoFeature implements AutoCloseable {
    private final Settings settings;
    private final Health health;
    private final PepFeatures features;
    private final OmemoGuard guard;
    private Subscription changes = () -> {};

    public OmemoFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.settings = settings;
        this.health = health;
        Pep pep = host.pep();
        AwaitedPublishes awaited = new AwaitedPublishes(clock);
        OmemoRecord record = new OmemoRecord(audit, counters, health, clock);
        List<PublishJudge> judges = List.of(new CheckedPublishes(owner -> KnownKeys.NONE, record));
        List<KeptPublishListener> listeners = List.of();
        features = new PepFeatures(host);
        guard = new OmemoGuard(List.of(
                new OwnerRequests(
                        new PublishRequests(pep, awaited, judges, record), new ConfigureRequests(pep, record)),
                new PublishAnswers(pep, awaited, listeners, record),
                features));
    }

    /** For the gate; asks for nothing before {@link #start} and after {@link #close}. */
    public Guard guard() {
        return guard;
    }

    public void start() {
        apply();
        changes = settings.onChange(setting -> {
            if (OmemoSettings.ALL.contains(setting)) {
                apply();
            }
        });
        health.ok(OmemoRecord.PART);
    }

    @Override
    public void close() {
        changes.close();
        put(Mode.OFF);
    }

    private void apply() {
        put(settings.get(OmemoSettings.MODE));
    }

    private synchronized void put(Mode mode) {
        features.announce(mode == Mode.ENFORCE);
        guard.apply(new OmemoPolicy(mode, settings.get(OmemoSettings.MAX_ITEMS), settings.get(OmemoSettings.STRICT)));
    }
}
