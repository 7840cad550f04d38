// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import im.bastion.federation.tester.dns.ValidatedDns;
import im.bastion.federation.tester.fact.PeerFacts;
import im.bastion.federation.tester.net.Budget;
import im.bastion.federation.tester.net.Destinations;
import im.bastion.federation.tester.net.OwnAddresses;
import im.bastion.federation.tester.net.StepLog;
import im.bastion.federation.tester.posh.PoshFetch;
import im.bastion.federation.tester.stream.PeerName;
import im.bastion.federation.tester.stream.ProbeIdentity;
import im.bastion.federation.tester.stream.StreamProbe;
import im.bastion.host.Host;
import im.bastion.host.ServerSessions;
import im.bastion.policy.AddressRange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests peers on a thread of its own, one after the other; up to {@value #MAX_WAITING} wait, and the last {@value #MAX_KEPT} are
 * remembered here. Live sessions are never touched: a test has its own sockets.
 */
public final class PeerTests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTests.class);
    private static final int MAX_WAITING = 8;
    private static final int MAX_KEPT = 16;
    private static final long IDLE_SECONDS = 30;

    /** Why a test does not begin. */
    public enum Refusal {
        NOT_A_DOMAIN,
        /** This server's own domain, or one of its subdomains or components. */
        OWN_DOMAIN,
        TOO_OFTEN,
        TOO_MANY_WAIT
    }

    /**
     * What became of the wish for a test.
     *
     * @param run null when it was refused
     * @param refusal null when it was not
     */
    public record Asked(PeerTestRun run, Refusal refusal) {}

    private final Host host;
    private final TestStore store;
    private final Supplier<List<AddressRange>> networks;
    private final Supplier<List<InetSocketAddress>> nameServers;
    private final InstantSource clock;
    private final String anchors;
    private final int httpsPort;
    private final TestRate rate = new TestRate();
    private final Deque<PeerTestRun> runs = new ArrayDeque<>();
    private final ThreadPoolExecutor thread;
    private final ScheduledThreadPoolExecutor timer;
    private Budget current;
    private boolean closed;

    /**
     * @param networks that tests may connect to though they are not public
     * @param nameServers asked in this order until one answers
     * @param anchors DS records that DNSSEC is trusted from
     * @param httpsPort where POSH files are fetched
     */
    public PeerTests(
            Host host,
            TestStore store,
            Supplier<List<AddressRange>> networks,
            Supplier<List<InetSocketAddress>> nameServers,
            InstantSource clock,
            String anchors,
            int httpsPort) {
        this.host = host;
        this.store = store;
        this.networks = networks;
        this.nameServers = nameServers;
        this.clock = clock;
        this.anchors = anchors;
        this.httpsPort = httpsPort;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                named("bastion-peer-test"));
        thread.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, named("bastion-peer-test-limit"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Tests a peer soon; one that is being tested is not tested twice. */
    public synchronized Asked ask(String text, String admin) {
        PeerName peer;
        try {
            peer = PeerName.of(text);
        } catch (IllegalArgumentException e) {
            return new Asked(null, Refusal.NOT_A_DOMAIN);
        }
        if (host.serverSessions().isLocal(peer.unicode())) {
            return new Asked(null, Refusal.OWN_DOMAIN);
        }
        PeerTestRun known = run(peer.ascii());
        if (known != null && !known.isOver()) {
            return new Asked(known, null);
        }
        if (thread.getQueue().remainingCapacity() == 0) {
            return new Asked(null, Refusal.TOO_MANY_WAIT);
        }
        Instant now = clock.instant();
        if (!rate.take(peer.ascii(), admin, now)) {
            return new Asked(null, Refusal.TOO_OFTEN);
        }
        PeerTestRun run = new PeerTestRun(peer.ascii(), admin, now);
        try {
            thread.execute(() -> test(peer, run));
        } catch (RejectedExecutionException e) {
            return new Asked(null, Refusal.TOO_MANY_WAIT);
        }
        runs.removeIf(other -> other.domain().equals(run.domain()));
        runs.addFirst(run);
        if (runs.size() > MAX_KEPT) {
            runs.removeLast();
        }
        return new Asked(run, null);
    }

    /**
     * The latest test of that domain that this node remembers; null when there is none.
     *
     * @param domain in A-labels
     */
    public synchronized PeerTestRun run(String domain) {
        return runs.stream()
                .filter(run -> run.domain().equals(domain))
                .findFirst()
                .orElse(null);
    }

    /** The reports that are kept. */
    public TestStore store() {
        return store;
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (current != null) {
                current.stop();
            }
            runs.forEach(run -> run.failed(new CancellationException("Bastion stopped")));
        }
        thread.shutdownNow();
        timer.shutdownNow();
    }

    private void test(PeerName peer, PeerTestRun run) {
        Budget budget = Budget.ofTest(timer);
        if (!begin(budget)) {
            return;
        }
        Instant began = clock.instant();
        try {
            PeerFacts facts = tester(budget, peer, run).run();
            long millis = Duration.between(began, clock.instant()).toMillis();
            PeerReport report = PeerReport.of(facts, began, millis, run.by(), run.steps());
            if (isOpen()) {
                store.put(report);
                run.done(report);
            }
        } catch (RuntimeException e) {
            LOG.warn("The test of {} came to nothing", peer.ascii(), e);
            run.failed(e);
        }
    }

    private PeerTester tester(Budget budget, PeerName peer, PeerTestRun run) {
        ServerSessions sessions = host.serverSessions();
        StepLog log = new StepLog(run::step);
        ValidatedDns dns = new ValidatedDns(nameServers.get(), anchors, budget);
        Destinations destinations = new Destinations(OwnAddresses.now(), networks.get());
        SSLContext presenting = ProbeIdentity.context(host.serverCertificates().presentedToServers());
        return new PeerTester(
                budget,
                log,
                dns,
                destinations,
                new StreamProbe(budget, log, presenting, sessions::distrust, host.domain(), peer),
                new PoshFetch(
                        budget,
                        destinations,
                        dns::addresses,
                        ProbeIdentity.context(List.of()),
                        sessions::distrust,
                        httpsPort),
                peer);
    }

    private synchronized boolean begin(Budget budget) {
        current = budget;
        return !closed;
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        };
    }
}
