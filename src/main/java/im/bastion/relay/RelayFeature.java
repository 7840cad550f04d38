// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.relay.offer.OfferedRelay;
import im.bastion.relay.offer.RelayOffer;
import im.bastion.relay.transport.MachineAddresses;
import im.bastion.relay.turn.AllocationQuota;
import im.bastion.settings.Settings;
import java.io.IOException;
import java.time.Clock;

/** The relay as a whole: follows its settings from start to close, and tells how it is. */
public final class RelayFeature implements AutoCloseable {
    private static final String NAME = "relay";

    private final Host host;
    private final Settings settings;
    private final AuditTrail audit;
    private final Counters counters;
    private final Health health;
    private final Clock clock;
    private final AllocationQuota quota = new AllocationQuota(0, 0);
    private Subscription changes = () -> {};
    private Subscription offer = () -> {};
    private RelaySecret secret;
    private RelayServer server;

    public RelayFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.host = host;
        this.settings = settings;
        this.audit = audit;
        this.counters = counters;
        this.health = health;
        this.clock = clock;
    }

    /** Listens, where the settings say so. Does not throw for an address that cannot be had, but tells {@link Health}. */
    public void start() {
        changes = settings.onChange(setting -> {
            if (RelaySettings.ALL.contains(setting)) {
                apply();
            }
        });
        apply();
    }

    @Override
    public void close() {
        changes.close();
        stop();
    }

    /** How many allocations there are now. */
    public int allocations() {
        return quota.total();
    }

    private synchronized void apply() {
        Mode mode = settings.get(RelaySettings.MODE);
        if (mode == Mode.OFF) {
            stop();
            health.ok(NAME);
            return;
        }
        boolean relays = mode == Mode.ENFORCE;
        quota.limit(
                relays ? settings.get(RelaySettings.MAX_PER_USER) : 0,
                relays ? settings.get(RelaySettings.MAX_TOTAL) : 0);
        try {
            RelayPlan plan = RelayPlan.of(settings, host.domain(), MachineAddresses.now());
            if (server == null || !server.plan().runsLike(plan)) {
                stop();
                run(plan);
            }
            report(plan);
        } catch (IllegalArgumentException | HostException | IOException e) {
            health.failed(NAME, e.getMessage() + (server == null ? "" : " Until then the relay runs as before."));
        }
    }

    private void run(RelayPlan plan) throws IOException {
        secret = new RelaySecret(host.properties());
        try {
            server = RelayServer.start(plan, secret::credentials, quota, counters, clock);
        } catch (IOException e) {
            stop();
            throw new IOException(plan.cannotListen(e), e);
        }
        RelayServer running = server;
        RelaySecret used = secret;
        offer = new RelayOffer(host.users(), () -> offered(running, used), clock).publish(host.iqServices());
        record("relay-started", running);
    }

    private OfferedRelay offered(RelayServer running, RelaySecret used) {
        return new OfferedRelay(
                running.plan().offered().getHostAddress(),
                running.localAddress().getPort(),
                settings.get(RelaySettings.MODE) == Mode.ENFORCE ? used.credentials() : null,
                settings.get(RelaySettings.CREDENTIAL_LIFE));
    }

    private synchronized void stop() {
        offer.close();
        offer = () -> {};
        if (server != null) {
            server.close();
            record("relay-stopped", server);
            server = null;
        }
        if (secret != null) {
            secret.close();
            secret = null;
        }
    }

    private void report(RelayPlan plan) {
        if (plan.guessed() && !MachineAddresses.isPublic(plan.offered())) {
            health.degraded(
                    NAME,
                    "Clients are told to reach the relay at %s, which only neighbours can. Set %s to this server's public address."
                            .formatted(plan.offered().getHostAddress(), RelaySettings.EXTERNAL_ADDRESS.key()));
        } else {
            health.ok(NAME);
        }
    }

    private void record(String action, RelayServer subject) {
        String listens = "UDP " + subject.localAddress();
        audit.record(new AuditEvent(
                clock.instant(), NAME, "bastion", action, listens, null, 0, settings.get(RelaySettings.MODE), ""));
    }
}
