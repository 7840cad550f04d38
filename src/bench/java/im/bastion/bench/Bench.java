// SPDX-License-Identifier: Apache-2.0
package im.bastion.bench;

import im.bastion.audit.keylog.KeyLogCosts;
import im.bastion.federation.FederationCosts;
import im.bastion.moderation.ModerationCosts;
import im.bastion.moderation.RoomCosts;
import im.bastion.moderation.reputation.ListCosts;
import im.bastion.omemo.CheckCosts;
import im.bastion.omemo.PublishCosts;
import im.bastion.omemo.SweepCosts;
import im.bastion.relay.RelayCosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private static final Map<String, Subject> SUBJECTS = new TreeMap<>(Map.of(
            // What a stanza that is none of ours pays: low hundreds of nanoseconds, and nothing allocated.
            "overhead",
            () -> calls("im.bastion.gate.GateBenchmark", 300, MicroBenchmarks.NOISE_BYTES),
            "federation",
            Bench::federation,
            "moderation",
            Bench::moderation,
            "relay",
            RelayCosts::measure,
            "omemo",
            Bench::omemo,
            "room",
            RoomCosts::measure));

    /** What "omemo" measures, in this order. */
    private static final List<Subject> OMEMO = List.of(
            () -> calls("im.bastion.omemo.OmemoGateBenchmark", 300, MicroBenchmarks.NOISE_BYTES),
            CheckCosts::measure,
            () -> calls("im.bastion.encryption.EncryptionAsideBenchmark", 300, MicroBenchmarks.NOISE_BYTES),
            () -> calls("im.bastion.encryption.EncryptionMessageBenchmark", 20_000, 4_096),
            PublishCosts::measure,
            SweepCosts::measure,
            KeyLogCosts::measure);

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

    private static List<Figure> moderation() {
        List<Figure> figures = new ArrayList<>(ModerationCosts.measure());
        figures.addAll(ListCosts.measure());
        return figures;
    }

    private static List<Figure> federation() throws RunnerException {
        List<Figure> figures =
                new ArrayList<>(calls("im.bastion.federation.FederationBenchmark", 1_000, MicroBenchmarks.NOISE_BYTES));
        figures.addAll(FederationCosts.measure());
        return figures;
    }

    private static List<Figure> omemo() throws RunnerException {
        List<Figure> figures = new ArrayList<>();
        for (Subject subject : OMEMO) {
            figures.addAll(subject.measure());
        }
        return figures;
    }

    /** Time and allocation of each method, beside the method "nothing" with the same parameters where there is one. */
    private static List<Figure> calls(String benchmark, double nanosGoal, double bytesGoal) throws RunnerException {
        MicroBenchmarks run = new MicroBenchmarks(benchmark);
        List<Figure> figures = new ArrayList<>();
        for (String name : run.names()) {
            String baseline = "nothing" + name.substring(name.indexOf('['));
            if (!name.equals(baseline)) {
                figures.add(run.time(name, run.names().contains(baseline) ? baseline : null, nanosGoal));
                figures.add(run.allocation(name, bytesGoal));
            }
        }
        return figures;
    }
}
