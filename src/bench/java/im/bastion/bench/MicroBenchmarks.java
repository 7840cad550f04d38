// SPDX-License-Identifier: Apache-2.0
package im.bastion.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs JMH benchmarks and reads time and allocation of each as {@link Figure}s. */
final class MicroBenchmarks {
    /** What a benchmark method allocated is zero below this many bytes a call: the profiler's own noise. */
    static final double NOISE_BYTES = 0.5;

    private static final int MAX_VALUE = 16;

    private final Map<String, RunResult> results = new TreeMap<>();

    /** @param include JMH's pattern of the benchmarks to run */
    MicroBenchmarks(String include) throws RunnerException {
        this(new OptionsBuilder().include(include).addProfiler(GCProfiler.class));
    }

    private MicroBenchmarks(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> run =
                new Runner(options.verbosity(VerboseMode.SILENT).build()).run();
        run.forEach(result -> results.put(name(result.getParams()), result));
    }

    /** Measures single calls, for {@link #percentile}. */
    static MicroBenchmarks sampled(String include) throws RunnerException {
        return new MicroBenchmarks(new OptionsBuilder().include(include).mode(Mode.SampleTime));
    }

    /** The time below which so many in a hundred single calls were; of a sampled run. */
    Figure percentile(String name, double percent, double goal) {
        Statistics calls = results.get(name).getPrimaryResult().getStatistics();
        String named = String.format(Locale.ROOT, "%s p%.0f", name, percent);
        return new Figure(named, calls.getPercentile(percent), "ns", Double.NaN, "", goal, (int) calls.getN(), 0);
    }

    /** The median time of one call, in nanoseconds. */
    double median(String name) {
        return median(rounds(name));
    }

    /** The names of what was run, as "method" or "method[param,param]". */
    List<String> names() {
        return List.copyOf(results.keySet());
    }

    /**
     * The time of one call beside that of another.
     *
     * @param baseline null for none
     */
    Figure time(String name, String baseline, double goal) {
        double[] rounds = rounds(name);
        return new Figure(
                name,
                median(rounds),
                "ns",
                baseline == null ? Double.NaN : median(rounds(baseline)),
                baseline == null ? "" : baseline,
                goal,
                rounds.length,
                (Arrays.stream(rounds).max().orElseThrow()
                                - Arrays.stream(rounds).min().orElseThrow())
                        / median(rounds));
    }

    /** The bytes one call allocates. */
    Figure allocation(String name, double goal) {
        var secondary = results.get(name).getSecondaryResults();
        for (String metric : secondary.keySet()) {
            if (metric.endsWith("gc.alloc.rate.norm")) {
                double bytes = secondary.get(metric).getScore();
                return new Figure(name + " allocates", bytes, "B", Double.NaN, "", goal, rounds(name).length, 0);
            }
        }
        throw new IllegalStateException("The profiler said nothing about " + name);
    }

    private double[] rounds(String name) {
        return results.get(name).getBenchmarkResults().stream()
                .flatMap(b -> b.getIterationResults().stream())
                .mapToDouble(i -> i.getPrimaryResult().getScore())
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String name(BenchmarkParams params) {
        String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        String values = params.getParamsKeys().stream()
                .map(params::getParam)
                .map(value -> value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "…")
                .collect(Collectors.joining(","));
        return values.isEmpty() ? method : method + "[" + values + "]";
    }
}
