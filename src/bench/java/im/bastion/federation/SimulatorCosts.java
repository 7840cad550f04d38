// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.bench.Figure;
import im.bastion.federation.observe.FilledHistory;
import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.simulate.SimulationRun;
import im.bastion.federation.simulate.Simulator;
import im.bastion.host.Database.Dialect;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.DatabaseServer;
import im.bastion.store.PolicyRow;
import im.bastion.store.RecordTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A draft of 500 rules, tried on a month of 5,000 peers in an embedded HSQLDB on disk: 1,000,000 sessions. */
final class SimulatorCosts {
    private static final int PEERS = 5_000;
    private static final int DAYS = 30;
    private static final int SESSIONS = 1_000_000;
    private static final int RULES = 500;
    private static final int ROUNDS = 5;
    private static final double GOAL_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(10);

    private SimulatorCosts() {}

    /** The first of the rounds is the first that the process ever does, as it is for an admin. */
    static List<Figure> measure() {
        RecordTable records = new RecordTable(DatabaseServer.of(Dialect.HSQLDB).freshDatabase());
        double[] seconds = new double[ROUNDS];
        double[] steps = new double[ROUNDS];
        try {
            HistoryStore history = FilledHistory.in(records, PEERS, DAYS, SESSIONS);
            FederationPolicy now = policy("encrypted");
            FederationPolicy draft = policy("valid");
            try (Simulator simulator =
                    new Simulator(() -> now, history, () -> {}, domain -> false, Clock.systemUTC())) {
                for (int round = 0; round < ROUNDS; round++) {
                    long begin = System.nanoTime();
                    SimulationRun run = simulator.run("round " + round, draft, DAYS);
                    Set<Long> shown = new HashSet<>();
                    while (run.running() && System.nanoTime() - begin < PATIENCE.toNanos()) {
                        shown.add(run.daysDone());
                        run.await(LOOK);
                    }
                    seconds[round] = (System.nanoTime() - begin) / 1e9;
                    steps[round] = shown.size();
                    if (run.impact() == null || run.impact().sessions() != SESSIONS) {
                        throw new IllegalStateException("The simulation came to nothing, or saw too little");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return List.of(
                figure("simulator, 1000000 sessions", seconds, "s", GOAL_SECONDS),
                figure("simulator, steps of its progress shown", steps, "", Double.NaN));
    }

    private static FederationPolicy policy(String certificate) {
        List<Demand> demands = new ArrayList<>();
        demands.add(demand("everybody", "*", certificate));
        for (int i = 1; i < RULES; i++) {
            demands.add(demand("r" + i, i % 2 == 0 ? "p" + i + ".peers.test" : "**.t" + i + ".test", certificate));
        }
        return new FederationPolicy(demands, Mode.ENFORCE);
    }

    private static Demand demand(String rule, String peers, String certificate) {
        return DemandReader.read(new PolicyRow(
                new RuleId("federation." + rule),
                1,
                Mode.ENFORCE,
                "{\"peers\":[\"" + peers + "\"],\"certificate\":\"" + certificate + "\",\"tls\":\"1.2\"}",
                "admin",
                Instant.EPOCH));
    }

    private static Figure figure(String name, double[] rounds, String unit, double goal) {
        Arrays.sort(rounds);
        double median = rounds[ROUNDS / 2];
        return new Figure(name, median, unit, Double.NaN, "", goal, ROUNDS, (rounds[ROUNDS - 1] - rounds[0]) / median);
    }
}
