// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.audit.AuditEvent;
import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.key.KeyRecords;
import im.bastion.federation.key.KeyWatch;
import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerHistory;
import im.bastion.federation.observe.PeerTraffic;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryRecords;
import im.bastion.store.RecordWriter;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** A server in memory with the federation guard, its thread replaced by calls. */
final class Scene implements AutoCloseable {
    static final RuleId RULE = new RuleId("federation.everybody");
    static final String EVERYBODY = body("");
    static final String GOOD = "good.test";
    static final String BAD = "bad.test";
    static final TestIdentity CERTIFIED =
            TestCertificate.of(GOOD).dns(GOOD).dns("*.good.test").selfSigned(TestKeys.make());

    /** A clock that stands still until it is told otherwise. */
    static final class TestClock extends Clock {
        private Instant now = Instant.now();

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final MemoryHost host = new MemoryHost();
    final Settings settings = new Settings(host.properties());
    final FakePolicies policies = new FakePolicies();
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final Counters counters = new Counters();
    final TestClock clock = new TestClock();
    final Health health = new Health(clock);
    final PolicyInForce policy = new PolicyInForce(policies, settings, health, clock);
    final MemoryRecords records = new MemoryRecords();
    final RecordWriter writer = new RecordWriter(records, health, clock);
    final HistoryStore store = new HistoryStore(records, writer, "0badcafe", () -> Duration.ofDays(30));
    final PeerTraffic traffic = new PeerTraffic();
    final KeyWatch keys = new KeyWatch(
            new KeyRecords(records, writer, () -> Duration.ofDays(365)),
            host.serverSessions(),
            audit::add,
            counters,
            health,
            clock);
    final PeerHistory history = new PeerHistory(store, traffic, host.serverSessions()::isLocal, keys::begun, clock);
    final PeerVerdicts verdicts = new PeerVerdicts(host.serverSessions(), history::sighted, clock);
    final DecisionLog log = new DecisionLog(audit::add, counters, clock);
    final SessionCloser closer =
            new SessionCloser(verdicts, policy, log, () -> settings.get(FederationSettings.RETRY_PAUSE), clock);
    final FederationGuard guard =
            new FederationGuard(host.serverSessions(), policy, verdicts, closer, log, traffic, clock);

    /** The guard in enforce, with the rule in that mode, for everybody and both directions. */
    Scene rule(Mode mode) {
        return rule(mode, EVERYBODY);
    }

    Scene rule(Mode mode, String body) {
        settings.set(FederationSettings.MODE, Mode.ENFORCE);
        policies.put(RULE, mode, body);
        policy.reload();
        return this;
    }

    /** The rule for everybody, with more fields, each with a comma before it. */
    static String body(String more) {
        return "{\"peers\":[\"*\"],\"certificate\":\"valid\",\"tls\":\"1.2\"" + more + "}";
    }

    MemoryServerSession good(Direction direction) {
        return open(MemoryServerSession.trusted(direction, GOOD, CERTIFIED.chain()));
    }

    MemoryServerSession plain(Direction direction) {
        return open(MemoryServerSession.plain(direction, BAD));
    }

    MemoryServerSession open(MemoryServerSession session) {
        host.serverSessions().open(session);
        return session;
    }

    /** A session with everything a test may want to be otherwise. */
    static MemoryServerSession session(
            Direction direction, Set<String> remote, String protocol, List<X509Certificate> chain, String distrust) {
        return new MemoryServerSession(
                "s-" + remote.hashCode() + direction,
                direction,
                Set.of(MemoryHost.DOMAIN),
                remote,
                protocol,
                protocol.isEmpty() ? "" : "TLS_AES_256_GCM_SHA384",
                chain,
                distrust,
                Authentication.DIALBACK,
                new CopyOnWriteArrayList<>());
    }

    Verdict send(ServerSession way, String toDomain) {
        Message message = message("romeo@" + MemoryHost.DOMAIN, "juliet@" + toDomain);
        return guard.judge(passage(Point.LEAVING, message, way));
    }

    Verdict receive(String fromDomain) {
        return receive(message("juliet@" + fromDomain, "romeo@" + MemoryHost.DOMAIN));
    }

    Verdict receive(Packet stanza) {
        return guard.judge(passage(Point.ENTERING, stanza, null));
    }

    static Message message(String from, String to) {
        Message message = new Message();
        message.setFrom(new JID(from));
        message.setTo(new JID(to));
        message.setBody("hello");
        return message;
    }

    private static Passage passage(Point point, Packet stanza, ServerSession peer) {
        int classes = point == Point.LEAVING ? Interest.TO_PEER : Interest.FROM_PEER;
        return new Passage(point, stanza, stanza.getFrom(), stanza.getTo(), null, peer, classes);
    }

    @Override
    public void close() {
        writer.close();
        settings.close();
        host.close();
    }
}
