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
import im.bastion.relay.selftest.Ports;
import im.bastion.relay.setup.DatabaseHosts;
import im.bastion.relay.setup.DnsRecords;
import im.bastion.relay.transport.CannotListenException;
import im.bastion.relay.transport.MachineAddresses;
import im.bastion.relay.transport.RelayEndpoint;
import im.bastion.relay.turn.AllocationQuota;
import im.bastion.relay.turn.TurnLimits;
import im.bastion.relay.watch.TrafficWatch;
import im.bastion.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay as a whole: follows its settings from start to close, and tells how it is. */
public final class RelayFeature implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayFeature.class);
    private static final String NAME = "relay";
    private static final int LOOKS_PER_REVIEW = 3;

    private static final TurnLimits NOTHING = new TurnLimits(0, 0, 0, 0, 0, 1);
    private static final long BYTES_PER_SECOND = 125;

    private final Host host;
    private final Settings settings;
    private final AuditTrail audit;
    private final Counters counters;
    private final RelayCondition condition;
    private final Clock clock;
    private final AllocationQuota quota = new AllocationQuota(NOTHING);
    private final OfferedServices offers;
    private final RelayServices services;
    private final RelayTraffic traffic;
    private volatile ScheduledExecutorService thread;
    /** Of the thread. */
    private int looks;

    private Subscription changes = () -> {};
    private Subscription plugins = () -> {};
    private RelaySecret secret;
    private RelayIdentity identity;
    private CredentialBook credentials;
    private RelayServer server;
    private SignalledPeers calls = SignalledPeers.NONE;
    private boolean changing;
    /** Whether what runs, if anything does, is not what the settings want. */
    private boolean unfit;

    public RelayFeature(Host host, Settings settings, AuditTrail audit, Counters counters, Health health, Clock clock) {
        this.host = host;
        this.settings = settings;
        this.audit = audit;
        this.counters = counters;
        this.condition = new RelayCondition(health, clock);
        this.clock = clock;
        this.offers = new OfferedServices(host, settings, clock);
        this.traffic = new RelayTraffic(this, settings);
        this.services = new RelayServices(this, traffic, clock);
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
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "bastion-relay-watch");
            watch.setDaemon(true);
            return watch;
        });
        long pause = TrafficWatch.PAUSE.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        changes.close();
        plugins.close();
        if (thread != null) {
            thread.shutdownNow();
        }
        stop();
        offers.close();
    }

    /** What it has and can do, for the console. */
    public RelayServices services() {
        return services;
    }

    /** What runs now, or null. */
    synchronized RunningRelay running() {
        return server == null ? null : new RunningRelay(server, credentials, identity);
    }

    /** Where that relay is. */
    RelayState state(RunningRelay running) {
        RelayServer relay = running.server();
        RelayEndpoint endpoint = relay.plan().endpoint();
        return new RelayState(
                endpoint.relayed(),
                relay.plan().guessed(),
                List.copyOf(relay.plan().machine()),
                settings.get(RelaySettings.HOST_NAME),
                new DnsRecords.Services(
                        relay.localAddress().getPort(),
                        endpoint.tcp(),
                        endpoint.tls() == null || running.identity().tls() == null
                                ? 0
                                : endpoint.tls().getPort(),
                        endpoint.dtls() == null || running.identity().dtls() == null
                                ? 0
                                : endpoint.dtls().getPort()),
                new Ports(endpoint.minPort(), endpoint.maxPort()));
    }

    /** Lets several settings change together, and follows once. */
    synchronized void change(Runnable several) {
        changing = true;
        try {
            several.run();
        } finally {
            changing = false;
            apply(false);
        }
    }

    /** How many allocations there are now. */
    public int allocations() {
        return quota.total();
    }

    /** @param rotated whether the secrets have changed */
    private synchronized void apply(boolean rotated) {
        if (changing) {
            return;
        }
        Mode mode = settings.get(RelaySettings.MODE);
        if (mode == Mode.OFF) {
            stop();
            offers.tell(false);
            condition.off();
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
            offers.tell(fresh || rotated);
            unfit = false;
            report();
        } catch (IllegalArgumentException | HostException | IOException e) {
            unfit = true;
            condition.failed(e.getMessage(), server != null);
        }
    }

    private synchronized void pluginsChanged() {
        if (server != null) {
            offers.answer();
            review();
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
                    plan,
                    new RelayServer.Surroundings(
                            credentials,
                            identity,
                            quota,
                            calls,
                            counters,
                            traffic.allocations(),
                            traffic.refusals(),
                            databaseHosts(),
                            clock));
        } catch (CannotListenException e) {
            stop();
            throw new IOException(plan.cannotListen(e), e);
        } catch (IOException e) {
            stop();
            throw e;
        }
        offers.begin(running());
        record("relay-started", server);
    }

    /** No client is to reach the database, also where an admin has opened its network to them. */
    private Set<InetAddress> databaseHosts() {
        try (Connection connection = host.database().connection()) {
            return DatabaseHosts.of(String.valueOf(connection.getMetaData().getURL()));
        } catch (SQLException e) {
            LOG.warn(
                    "The database does not say where it is; relayed clients may reach it if it has a public address",
                    e);
            return Set.of();
        }
    }

    private synchronized void stop() {
        offers.stop();
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

    private void report() throws IOException {
        condition.runs(running(), offers.rival(), MachineAddresses.now());
    }

    /** Looks again at what changes by itself: ports become free, certificates end, interfaces go down and come up. */
    private synchronized void review() {
        try {
            if (server == null || mustMove()) {
                apply(false);
            } else if (!unfit) {
                report();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The relay's surroundings cannot be looked at", e);
        }
    }

    /** Whether an address is gone that nobody has set, so that another one may do. */
    private boolean mustMove() throws IOException {
        RelayPlan plan = server.wanted();
        return plan.guessed() && !plan.gone(MachineAddresses.now()).isEmpty();
    }

    private void look() {
        try {
            traffic.watch().look(clock.instant(), System.nanoTime());
            if (++looks % LOOKS_PER_REVIEW == 0) {
                review();
            }
        } catch (RuntimeException e) {
            // An exception that left this method would end the watch for good.
            LOG.warn("The relay's traffic cannot be looked at", e);
        }
    }

    private void record(String action, RelayServer subject) {
        String listens = "UDP " + subject.localAddress();
        audit.record(new AuditEvent(
                clock.instant(), NAME, "bastion", action, listens, null, 0, settings.get(RelaySettings.MODE), ""));
    }
}
