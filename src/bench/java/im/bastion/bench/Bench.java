// SPDX-License-Identifier: Apache-2.0
package im.bastion.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * {@code ./bastion bench NAME [--json]}: a table, or one JSON object a line. Exits with 1 when a goal was missed, 2 when
 * the name is unknown.
 */
public final class Bench {
    /** Measures one subject. */
    @FunctionalInterface
    private interface Subject {
        List<Figure> measure() throws RunnerException;
    }

    private static final Map<String, Subject> SUBJECTS =
            Map.of("overhead", Bench::overhead, "federation", Bench::federation);

    private Bench() {}

    public static void main(String[] args) throws RunnerException {
        List<String> words = List.of(args);
        boolean json = words.contains("--json");
        String name =
                words.stream().filter(w -> !w.startsWith("--")).findFirst().orElse("");
        Subject subject = SUBJECTS.get(name);
        if (subject == null) {
            System.err.println(
                    "There is no benchmark \"" + name + "\"; there are: " + String.join(", ", SUBJECTS.keySet()));
            System.exit(2);
            return;
        }
        List<Figure> figures = subject.measure();
        figures.forEach(figure -> System.out.println(json ? figure.json() : figure.row()));
        System.exit(figures.stream().allMatch(Figure::met) ? 0 : 1);
    }

    /** What a stanza that is none of ours pays: low hundreds of nanoseconds, and nothing allocated. */
    private static List<Figure> overhead() throws RunnerException {
        MicroBenchmarks run = new MicroBenchmarks("im.bastion.gate.GateBenchmark");
        List<Figure> figures = new ArrayList<>();
        for (String name : run.names()) {
            if (!name.startsWith("nothing")) {
                figures.add(run.time(name, "nothing" + name.substring(name.indexOf('[')), 300, false));
                figures.add(run.allocation(name, MicroBenchmarks.NOISE_BYTES));
            }
        }
        return figures;
    }

    /** What a stanza to or from a known peer pays: under a microsecond, and nothing allocated. */
    private static List<Figure> federation() throws RunnerException {
        MicroBenchmarks run = new MicroBenchmarks("im.bastion.federation.FederationBenchmark");
        List<Figure> figures = new ArrayList<>();
        for (String name : run.names()) {
            if (!name.startsWith("nothing")) {
                figures.add(run.time(name, "nothing" + name.substring(name.indexOf('[')), 1_000, false));
                figures.add(run.allocation(name, MicroBenchmarks.NOISE_BYTES));
            }
        }
        return figures;
    }
}
