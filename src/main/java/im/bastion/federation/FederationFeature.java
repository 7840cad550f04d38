// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.audit.AuditTrail;
import im.bastion.federation.key.KeyRecords;
import im.bastion.federation.key.KeyWatch;
import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.NodeName;
import im.bastion.federation.observe.PeerHistory;
import im.bastion.federation.observe.PeerTraffic;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.federation.report.FederationReport;
import im.bastion.federation.simulate.Simulator;
import im.bastion.federation.tester.PeerTests;
import im.bastion.federation.tester.TestStore;
import im.bastion.federation.tester.dns.NameServers;
import im.bastion.federation.tester.dns.RootAnchors;
import im.bastion.federation.tester.posh.PoshFetch;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.ServerCertificates;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.host.Subscription;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.RecordTable;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The federation guard with all it needs: its policy, its verdicts and the one thread that looks after the sessions. The
 * guard works from the moment of construction; without rules it asks to see nothing.
 */
public final class FederationFeature implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FederationFeature.class);
    private static final String NAME = "federation";
    private static final int LOOK_SECONDS = 5;
    private static final int REPORT_SECONDS = 60;
    private static final int FLUSH_SECONDS = 120;
    private static final int CHECK_SECONDS = 3_600;
    private static final int STOP_SECONDS = 5;
    private static final int SETTLE_SECONDS = 10;

    private final ServerSessions sessions;
    private final Settings settings;
    private final Policies policies;
    private final Health health;
    private final Clock clock;
    private final PolicyInForce policy;
    private final RecordWriter writer;
    private final HistoryStore store;
    private final ServerCertificates certificates;
    private final KeyWatch keys;
    private final PeerHistory history;
    private final PeerVerdicts verdicts;
    private final DecisionLog log;
    private final SessionCloser closer;
    private final FederationGuard guard;
    private final PolicyEditor editor;
    private final Simulator simulator;
    private final CommitConfirmed commits;
    private final FederationReport report;
    private final PeerTests tests;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private ScheduledExecutorService thread;
    private boolean loaded;
    private boolean keysLoaded;

    public FederationFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock) {
        this(host, settings, policies, audit, counters, health, clock, new RecordTable(host.database()));
    }

    FederationFeature(
            Host host,
            Settings settings,
            Policies policies,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock,
            Records records) {
        this.sessions = host.serverSessions();
        this.settings = settings;
        this.policies = policies;
        this.health = health;
        this.clock = clock;
        this.policy = new PolicyInForce(policies, settings, health, clock);
        this.writer = new RecordWriter(records, health, clock);
        this.store = new HistoryStore(
                records,
                writer,
                NodeName.in(host.dataFolder()),
                () -> Duration.ofDays(settings.get(FederationSettings.HISTORY_DAYS)));
        PeerTraffic traffic = new PeerTraffic();
        this.certificates = host.serverCertificates();
        this.keys = new KeyWatch(
                new KeyRecords(records, writer, () -> Duration.ofDays(settings.get(FederationSettings.KEY_DAYS))),
                sessions,
                audit,
                counters,
                health,
                clock);
        this.history = new PeerHistory(store, traffic, sessions::isLocal, keys::begun, clock);
        this.verdicts = new PeerVerdicts(sessions, history::sighted, clock);
        this.log = new DecisionLog(audit, counters, clock);
        this.closer =
                new SessionCloser(verdicts, policy, log, () -> settings.get(FederationSettings.RETRY_PAUSE), clock);
        this.guard = new FederationGuard(sessions, policy, verdicts, closer, log, traffic, clock);
        this.editor = new PolicyEditor(policies, sessions::isLocal);
        this.report = new FederationReport(store, policy::current, host.domain(), clock);
        this.commits = new CommitConfirmed(policies, settings, audit, health, clock);
        this.simulator = new Simulator(policy::current, store, this::settle, sessions::isLocal, clock);
        this.tests = new PeerTests(
                host,
                new TestStore(records, writer, () -> Duration.ofDays(settings.get(FederationSettings.TEST_DAYS))),
                () -> FederationSettings.networks(settings.get(FederationSettings.TEST_NETWORKS)),
                () -> NameServers.of(settings.get(FederationSettings.TEST_RESOLVER)),
                clock,
                RootAnchors.text(),
                PoshFetch.HTTPS_PORT);
    }

    /** Puts the policy in force and begins to look after the sessions. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "bastion-federation");
            created.setDaemon(true);
            return created;
        });
        subscriptions.add(policies.onChange(changed -> {
            if (changed.equals(NAME) || changed.equals(PolicyRows.COMMITS)) {
                changed();
            }
        }));
        subscriptions.add(settings.onChange(setting -> {
            if (setting.equals(FederationSettings.MODE)) {
                changed();
            }
        }));
        subscriptions.add(certificates.onChange(this::certificatesChanged));
        policy.reload();
        every(1, closer::run);
        every(1, this::settleCommits);
        every(LOOK_SECONDS, this::look);
        every(REPORT_SECONDS, log::flush);
        every(FLUSH_SECONDS, history::flush);
        every(FLUSH_SECONDS, keys::synchronise);
        every(CHECK_SECONDS, this::check);
        health.ok(NAME);
    }

    /** Stops looking; the guard must have been taken out of the gate before. */
    @Override
    public synchronized void close() {
        simulator.close();
        tests.close();
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        if (thread != null) {
            stop(thread);
            thread = null;
            log.flush();
            history.flush();
        }
        writer.close();
    }

    /** What the console may ask and do. */
    public FederationServices services() {
        return new FederationServices(this::sessions, editor, history, store, keys, simulator, commits, report, tests);
    }

    public Guard guard() {
        return guard;
    }

    /** The sessions that live on this node now, one row for each remote domain they carry. */
    private List<PeerSession> sessions() {
        return PeerSessions.read(sessions.all(), policy.current(), verdicts);
    }

    /** Undoes what nobody confirmed in time: at once here, and for good as soon as the database takes it. */
    void settleCommits() {
        if (policy.isOver()) {
            policy.reload();
            look();
        }
        commits.run();
    }

    /** Judges every live session now, so that a refused one is closed also when no stanza tries it. */
    void look() {
        loaded = loaded || history.load();
        boolean knewKeys = keysLoaded;
        keysLoaded = keys.load();
        if (keysLoaded && !knewKeys) {
            check();
        }
        Set<String> live = new HashSet<>();
        List<ServerSession> all = sessions.all();
        if (policy.current().observes()) {
            history.look(all);
            keys.report();
        }
        for (ServerSession session : all) {
            live.add(session.id());
            if (policy.current().polices(session.direction())) {
                judge(session);
            }
        }
        verdicts.tidy(live, clock.instant());
    }

    /** Looks at how long certificates last, once what was told of them before is known. */
    private void check() {
        if (!keysLoaded) {
            return;
        }
        keys.checkPeers(settings.get(FederationSettings.PEER_EXPIRY_DAYS));
        try {
            keys.checkOwn(
                    certificates.presentedToServers().stream()
                            .map(KeyStore.PrivateKeyEntry::getCertificate)
                            .filter(X509Certificate.class::isInstance)
                            .map(certificate -> CertificateSummary.of((X509Certificate) certificate))
                            .toList(),
                    settings.get(FederationSettings.OWN_EXPIRY_DAYS));
        } catch (HostException e) {
            LOG.warn("How long this server's certificates last is not known", e);
        }
        keys.report();
    }

    private synchronized void certificatesChanged() {
        if (thread != null) {
            thread.execute(quietly(this::check));
        }
    }

    /** Brings what was seen until now into the database, if it takes it within some seconds. */
    private void settle() {
        ScheduledExecutorService looking;
        synchronized (this) {
            looking = thread;
        }
        if (looking == null) {
            return;
        }
        try {
            looking.submit(() -> {
                        look();
                        history.flush();
                    })
                    .get(SETTLE_SECONDS, TimeUnit.SECONDS);
            if (!writer.flush(TimeUnit.SECONDS.toMillis(SETTLE_SECONDS))) {
                LOG.info("The database takes its time: the latest sessions are missing in what is read now");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.info("The latest sessions are missing in what is read now", e);
        }
    }

    private void judge(ServerSession session) {
        try {
            for (String domain : session.remoteDomains()) {
                PeerVerdict verdict = verdicts.of(policy.current(), session, domain);
                if (verdict.standing() == PeerVerdict.Standing.REFUSED) {
                    closer.consider(session);
                }
            }
        } catch (HostException e) {
            LOG.debug("{} cannot be read", session.id(), e);
        }
    }

    /** What is known of peers has one thread at a time: the last flush waits for it. */
    private static void stop(ScheduledExecutorService thread) {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Looking after server-to-server sessions does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void changed() {
        policy.reload();
        if (thread != null) {
            thread.execute(quietly(this::look));
        }
    }

    private void every(int seconds, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(quietly(task), seconds, seconds, TimeUnit.SECONDS);
    }

    /** A task that throws would never run again. */
    private Runnable quietly(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("Looking after server-to-server sessions failed; tried again", e);
                health.degraded(NAME, "Looking after sessions failed, see the log: " + e);
            }
        };
    }
}
