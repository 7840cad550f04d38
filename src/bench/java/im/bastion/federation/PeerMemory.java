// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.bench.Figure;
import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.simulate.SimulationRun;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.Records;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The memory that the guard in enforce holds for each peer: while it has a session in each direction, and when it has none any
 * more. The sessions and the certificates as the host keeps them are the host's.
 */
final class PeerMemory {
    private static final int PEERS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double BYTES_IN_KIB = 1_024;

    private PeerMemory() {}

    static List<Figure> measure() {
        try (MemoryHost host = new MemoryHost();
                Settings settings = new Settings(host.properties())) {
            settings.set(FederationSettings.MODE, Mode.ENFORCE);
            FakePolicies policies = new FakePolicies();
            policies.put(Scene.RULE, Mode.ENFORCE, Scene.EVERYBODY);
            Clock clock = Clock.systemUTC();
            List<ServerSession> sessions = sessions();
            long before = used();
            try (FederationFeature feature = new FederationFeature(
                    host, settings, policies, event -> {}, new Counters(), new Health(clock), clock, new Nothing())) {
                feature.start();
                sessions.forEach(host.serverSessions()::open);
                settle(feature);
                double connected = (used() - before) / BYTES_IN_KIB / PEERS;
                sessions.forEach(host.serverSessions()::end);
                settle(feature);
                double known = (used() - before) / BYTES_IN_KIB / PEERS;
                // Looks at the sessions too, so that they lived through both measurements.
                if (feature.services().history().peers().size() != PEERS || sessions.size() != 2 * PEERS) {
                    throw new IllegalStateException("Not all peers are known");
                }
                return List.of(
                        figure("memory for a peer with two sessions", connected),
                        figure("memory for a known peer", known));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The guard has looked at all sessions there are: it does so before it tries a draft. */
    private static void settle(FederationFeature feature) throws InterruptedException {
        SimulationRun run = feature.services().simulator().run("look " + System.nanoTime(), FederationPolicy.EMPTY, 1);
        run.await(PATIENCE);
        if (run.impact() == null) {
            throw new IllegalStateException("The sessions were not looked at");
        }
    }

    private static List<ServerSession> sessions() {
        KeyPair keys = TestKeys.make();
        TestIdentity authority = TestCertificate.of("Authority").authority().selfSigned(keys);
        List<ServerSession> sessions = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            String domain = "p" + i + ".peers.test";
            var chain = TestCertificate.of(domain)
                    .dns(domain)
                    .issuedBy(authority, keys)
                    .chain();
            sessions.add(MemoryServerSession.trusted(Direction.INCOMING, domain, chain));
            sessions.add(MemoryServerSession.trusted(Direction.OUTGOING, domain, chain));
        }
        return sessions;
    }

    private static Figure figure(String name, double kibibytes) {
        return new Figure(name, kibibytes, "KiB", Double.NaN, "", Double.NaN, 1, 0);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** A database that keeps nothing, so that nothing of it is measured. */
    private static final class Nothing implements Records {
        @Override
        public Optional<Row> get(String kind, String id) {
            return Optional.empty();
        }

        @Override
        public void put(List<Row> rows) {
            // Gone.
        }

        @Override
        public boolean delete(String kind, String id) {
            return false;
        }

        @Override
        public List<Row> newest(String kind, long before, int max) {
            return List.of();
        }

        @Override
        public List<Row> newest(String kind, String scope, long before, int max) {
            return List.of();
        }

        @Override
        public List<Row> after(String kind, String id, int max) {
            return List.of();
        }

        @Override
        public long count(String kind) {
            return 0;
        }

        @Override
        public int purge(long now, int max) {
            return 0;
        }
    }
}
