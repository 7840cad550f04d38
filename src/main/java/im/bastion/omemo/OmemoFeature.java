// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.AuditTrail;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import java.time.Clock;

/** OMEMO that works: puts the guard together, announces what it makes possible, and follows the settings. */
public final class OmemoFeature implements AutoCloseable {
    private final Host host;
    private final Settings settings;
    private final Health health;
    private final OmemoGuard guard;
    private Subscription changes = () -> {};
    private PepFeatures features;

    public OmemoFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.host = host;
        this.settings = settings;
        this.health = health;
        AwaitedPublishes awaited = new AwaitedPublishes(clock);
        OmemoRecord record = new OmemoRecord(audit, counters, health, clock);
        this.guard = new OmemoGuard(
                new OwnerRequests(host.pep(), awaited, record),
                new PublishAnswers(host.pep(), awaited, record),
                awaited);
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
        if (mode != Mode.ENFORCE && features != null) {
            features.close();
            features = null;
        } else if (mode == Mode.ENFORCE && features == null) {
            features = PepFeatures.announce(host);
        }
        guard.apply(new OmemoGuard.Policy(mode, settings.get(OmemoSettings.MAX_ITEMS), features));
    }
}
