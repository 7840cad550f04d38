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
import im.bastion.policy.SignalledPeers;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.transport.CannotListenException;
import im.bastion.relay.transport.MachineAddresses;
import im.bastion.relay.turn.AllocationQuota;
import im.bastion.relay.turn.TurnLimits;
import im.bastion.settings.Settings;
import java.io.IOException;
import java.time.Clock;

/** The relay as a whole: follows its settings from start to close, and tells how it is. */
public final class RelayFeature implements AutoCloseable {
    private static final String NAME = "relay";

    private static final TurnLimits NOTHING = new TurnLimits(0, 0, 0, 0, 0, 1);
    private static final long BYTES_PER_SECOND = 125;

    private final Host host;
    private final Settings settings;
    private final AuditTrail audit;
    private final Counters counters;
    private final Health health;
    private final Clock clock;
    private final AllocationQuota quota = new AllocationQuota(NOTHING);
    private final RelayServices services;
    private Subscription changes = () -> {};
    private Subscription plugins = () -> {};
    private RelaySecret secret;
    private RelayIdentity identity;
    private CredentialBook credentials;
    private RelayServer server;
    private SignalledPeers calls = SignalledPeers.NONE;

    public RelayFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.host = host;
        this.settings = settings;
        this.audit = audit;
        this.counters = counters;
        this.health = health;
        this.clock = clock;
        this.services = new RelayServices(host, settings, clock);
    }

    /** Asks there which peers calls have named. To be said before {@link #start}. */
    public void ask(SignalledPeers callsSeen) {
        calls = callsSeen;
    }

    /** Listens, where the settings say so. Does not throw for an address that cannot be had, but tells {@link Health}. */
    public void start() {
        changes = settings.onChange(setting -> {
            if (RelaySettings.ALL.contains(setting)) {
                apply(false);
            }
        });
        plugins = host.plugins().onChange(this::pluginsChanged);
        apply(false);
    }

    @Override
    public void close() {
        changes.close();
        plugins.close();
        stop();
        services.close();
    }

    /** How many allocations there are now. */
    public int allocations() {
        return quota.total();
    }

    /** @param rotated whether the secrets have changed */
    private synchronized void apply(boolean rotated) {
        Mode mode = settings.get(RelaySettings.MODE);
        if (mode == Mode.OFF) {
            stop();
            services.tell(false);
            health.ok(NAME);
            return;
        }
        quota.limit(limits(mode));
        try {
            RelayPlan plan = RelayPlan.of(settings, host.domain(), MachineAddresses.now());
            boolean fresh = server == null || !server.wanted().runsLike(plan);
            if (fresh) {
                stop();
                run(plan);
            }
            credentials.use(secret.credentials(), plan.realm());
            services.tell(fresh || rotated);
            report(plan);
        } catch (IllegalArgumentException | HostException | IOException e) {
            health.failed(NAME, e.getMessage() + (server == null ? "" : " Until then the relay runs as before."));
        }
    }

    private synchronized void pluginsChanged() {
        if (server != null) {
            services.answer();
            report(server.wanted());
        }
    }

    private TurnLimits limits(Mode mode) {
        boolean relays = mode == Mode.ENFORCE;
        return new TurnLimits(
                relays ? settings.get(RelaySettings.MAX_PER_USER) : 0,
                settings.get(RelaySettings.MAX_PER_ADDRESS),
                settings.get(RelaySettings.MAX_TOTAL),
                settings.get(RelaySettings.MAX_RATE_PER_USER) * BYTES_PER_SECOND,
                settings.get(RelaySettings.MAX_RATE) * BYTES_PER_SECOND,
                settings.get(RelaySettings.ANSWERS_PER_SOURCE));
    }

    private void run(RelayPlan plan) throws IOException {
        secret = new RelaySecret(host.properties(), () -> apply(true));
        identity = new RelayIdentity(host.serverCertificates());
        credentials = new CredentialBook(secret.credentials(), plan.realm());
        try {
            server = RelayServer.start(
                    plan, new RelayServer.Surroundings(credentials, identity, quota, calls, counters, clock));
        } catch (CannotListenException e) {
            stop();
            throw new IOException(plan.cannotListen(e), e);
        } catch (IOException e) {
            stop();
            throw e;
        }
        services.begin(server, credentials, identity);
        record("relay-started", server);
    }

    private synchronized void stop() {
        services.stop();
        if (server != null) {
            server.close();
            record("relay-stopped", server);
            server = null;
        }
        if (secret != null) {
            secret.close();
            secret = null;
        }
        if (identity != null) {
            identity.close();
            identity = null;
        }
    }

    private void report(RelayPlan plan) {
        String rival = services.rival();
        if (rival != null) {
            health.degraded(
                    NAME,
                    ("The plugin %s answers clients' questions for relays too, and the server knows one answerer only. "
                                    + "Remove it: Bastion offers the relays of %s beside its own.")
                            .formatted(rival, RelaySettings.OTHER_RELAYS.key()));
        } else if (plan.guessed() && !MachineAddresses.isPublic(plan.offered())) {
            health.degraded(
                    NAME,
                    "Clients are told to reach the relay at %s, which only neighbours can. Set %s to this server's public address."
                            .formatted(plan.offered().getHostAddress(), RelaySettings.EXTERNAL_ADDRESS.key()));
        } else if (!server.missing().isEmpty()) {
            health.degraded(NAME, String.join(" ", server.missing()));
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
