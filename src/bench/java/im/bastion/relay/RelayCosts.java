// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.bench.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The relay inside a running Openfire and coturn as the system has it, in turn, under the same load of coturn's own client: the
 * server's processor time for each message that arrives, and what is lost. Both servers have the first processor to
 * themselves, the load has the second.
 */
public final class RelayCosts {
    private static final int ROUNDS = 5;
    /** Java compiles what it runs often, and that takes it some seconds. */
    private static final int WARM_UP = 3;

    /**
     * One kind of load.
     *
     * @param options of the client
     * @param goal the largest ratio to coturn's processor time
     */
    private record Load(String name, double goal, boolean secure, List<String> options) {
        static Load plain(String name, double goal, String... options) {
            return new Load(name, goal, false, List.of(options));
        }
    }

    private static final List<Load> LOADS = List.of(
            Load.plain(
                    "50 clients, 160 B, by channel", 0.8, "-c", "-m", "50", "-n", "1000", "-z", "1", "-l", "160", "-e"),
            Load.plain(
                    "50 clients, 160 B, by indication",
                    1,
                    "-s",
                    "-c",
                    "-m",
                    "50",
                    "-n",
                    "1000",
                    "-z",
                    "1",
                    "-l",
                    "160",
                    "-e"),
            Load.plain(
                    "200 legs of calls, both ends relayed",
                    0.6,
                    "-y",
                    "-c",
                    "-m",
                    "200",
                    "-n",
                    "300",
                    "-z",
                    "20",
                    "-l",
                    "172"),
            Load.plain(
                    "20 clients over TCP, 1000 B",
                    1,
                    "-t",
                    "-c",
                    "-m",
                    "20",
                    "-n",
                    "1000",
                    "-z",
                    "1",
                    "-l",
                    "1000",
                    "-e"),
            new Load(
                    "20 clients over TLS, 1000 B",
                    1,
                    true,
                    List.of("-t", "-S", "-c", "-m", "20", "-n", "1000", "-z", "1", "-l", "1000", "-e")));

    private RelayCosts() {}

    /** Starts both servers and measures. */
    public static List<Figure> measure() {
        try (RelaySite site = new RelaySite()) {
            warmUp(site);
            List<Figure> figures = new ArrayList<>();
            for (Load load : LOADS) {
                figures.addAll(compare(site, load));
            }
            return figures;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void warmUp(RelaySite site) throws Exception {
        Load first = LOADS.get(0);
        for (int i = 0; i < WARM_UP; i++) {
            var unused = site.bastion().run(first.secure(), first.options());
        }
    }

    private static List<Figure> compare(RelaySite site, Load load) throws Exception {
        List<RelaySite.Round> ours = new ArrayList<>();
        List<RelaySite.Round> theirs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ours.add(site.bastion().run(load.secure(), load.options()));
            theirs.add(site.coturn().run(load.secure(), load.options()));
        }
        double baseline = median(theirs, RelaySite.Round::microsPerMessage);
        return List.of(
                figure(
                        load.name() + ", processor",
                        "µs",
                        ours,
                        theirs,
                        RelaySite.Round::microsPerMessage,
                        load.goal() * baseline),
                figure(load.name() + ", lost", "%", ours, theirs, RelaySite.Round::lostPercent, Double.NaN));
    }

    private static Figure figure(
            String name,
            String unit,
            List<RelaySite.Round> ours,
            List<RelaySite.Round> theirs,
            ToDoubleFunction<RelaySite.Round> of,
            double goal) {
        double[] mine = sorted(ours, of);
        double middle = mine[mine.length / 2];
        return new Figure(
                name,
                middle,
                unit,
                median(theirs, of),
                "coturn of the system",
                goal,
                ROUNDS,
                middle == 0 ? 0 : (mine[mine.length - 1] - mine[0]) / middle);
    }

    private static double median(List<RelaySite.Round> rounds, ToDoubleFunction<RelaySite.Round> of) {
        double[] all = sorted(rounds, of);
        return all[all.length / 2];
    }

    private static double[] sorted(List<RelaySite.Round> rounds, ToDoubleFunction<RelaySite.Round> of) {
        double[] all = rounds.stream().mapToDouble(of).toArray();
        Arrays.sort(all);
        return all;
    }
}
