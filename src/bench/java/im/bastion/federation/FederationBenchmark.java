// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.audit.AuditTrail;
import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.observe.PeerTraffic;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSessions;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import im.bastion.settings.Settings;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xmpp.packet.Message;

/**
 * What the guard with 500 rules adds to one stanza to or from a peer that was judged before, stanzas going to each peer in turn; {@code
 * nothing} walks over the same stanzas without asking the guard.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FederationBenchmark {
    /** How many peers have a session in each direction. */
    @Param({"50", "5000"})
    public int peers;

    private static final int RULES = 500;
    private static final String TERMS =
            "\"certificate\":\"valid\",\"tls\":\"1.2\",\"ciphers\":[\"aead\"],\"forward-secrecy\":true}";

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private FederationGuard guard;
    private Passage[] leaving;
    private Passage[] entering;
    private int next;

    /** Opens the sessions and lets the guard judge each of them once. */
    @Setup
    public void setUp() {
        List<X509Certificate> chain = TestCertificate.of("peers")
                .dns("*.peers.test")
                .selfSigned(TestKeys.make())
                .chain();
        Indexed sessions = new Indexed();
        leaving = new Passage[peers];
        entering = new Passage[peers];
        for (int i = 0; i < peers; i++) {
            String domain = "p" + i + ".peers.test";
            sessions.open(domain, MemoryServerSession.trusted(Direction.INCOMING, domain, chain));
            leaving[i] = passage(Point.LEAVING, domain, MemoryServerSession.trusted(Direction.OUTGOING, domain, chain));
            entering[i] = passage(Point.ENTERING, domain, null);
        }
        guard = guard(sessions);
        for (int i = 0; i < peers; i++) {
            if (guard.judge(leaving[i]) != Verdict.PASS || guard.judge(entering[i]) != Verdict.PASS) {
                throw new IllegalStateException("A good peer was refused");
            }
        }
    }

    @TearDown
    public void tearDown() {
        settings.close();
        host.close();
    }

    /** A stanza goes to a peer. */
    @Benchmark
    public Verdict leaving() {
        return guard.judge(leaving[turn()]);
    }

    /** A stanza comes from a peer; finding the sessions of its domain is a map look-up here. */
    @Benchmark
    public Verdict entering() {
        return guard.judge(entering[turn()]);
    }

    /** The baseline. */
    @Benchmark
    public Point nothing() {
        return leaving[turn()].point();
    }

    private int turn() {
        next = next + 1 == peers ? 0 : next + 1;
        return next;
    }

    private FederationGuard guard(ServerSessions sessions) {
        FakePolicies policies = new FakePolicies();
        for (int i = 1; i < RULES; i++) {
            String peer = i % 2 == 0 ? "p" + i + ".peers.test" : "**.t" + i + ".test";
            policies.put(new RuleId("federation.r" + i), Mode.ENFORCE, "{\"peers\":[\"" + peer + "\"]," + TERMS);
        }
        policies.put(new RuleId("federation.everybody"), Mode.ENFORCE, "{\"peers\":[\"*\"]," + TERMS);
        settings.set(FederationSettings.MODE, Mode.ENFORCE);
        Clock clock = Clock.systemUTC();
        PolicyInForce policy = new PolicyInForce(policies, settings, new Health(clock), clock);
        policy.reload();
        PeerVerdicts verdicts = new PeerVerdicts(sessions, sighting -> {}, clock);
        AuditTrail nowhere = event -> {};
        DecisionLog log = new DecisionLog(nowhere, new Counters(), clock);
        SessionCloser closer = new SessionCloser(verdicts, policy, log, () -> Duration.ZERO, clock);
        return new FederationGuard(sessions, policy, verdicts, closer, log, new PeerTraffic(), clock);
    }

    private static Passage passage(Point point, String domain, ServerSession peer) {
        String here = "romeo@" + MemoryHost.DOMAIN;
        String there = "juliet@" + domain;
        Message message = Scene.message(peer == null ? there : here, peer == null ? here : there);
        int classes = peer == null ? Interest.FROM_PEER : Interest.TO_PEER;
        return new Passage(point, message, message.getFrom(), message.getTo(), null, peer, classes);
    }

    private static final class Indexed implements ServerSessions {
        private final Map<String, List<ServerSession>> incoming = new HashMap<>();

        void open(String domain, ServerSession session) {
            incoming.computeIfAbsent(domain, d -> new ArrayList<>()).add(session);
        }

        @Override
        public List<ServerSession> all() {
            return List.of();
        }

        @Override
        public List<ServerSession> incoming(String remoteDomain) {
            return incoming.getOrDefault(remoteDomain, List.of());
        }

        @Override
        public boolean isLocal(String domain) {
            return domain.equals(MemoryHost.DOMAIN);
        }

        @Override
        public String authority(List<X509Certificate> chain) {
            return "";
        }

        @Override
        public String distrust(List<X509Certificate> chain) {
            return null;
        }
    }
}
