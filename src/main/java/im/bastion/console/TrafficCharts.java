// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.relay.watch.Quality;
import im.bastion.relay.watch.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Draws the course of what is relayed: traffic, loss and jitter, each with both directions upon each other. */
record TrafficCharts(Frame frame) {
    private static final int MAX_COLUMNS = 60;

    /** @param id unique on the page */
    List<Chart> of(String id, List<Sample> samples) {
        List<List<Sample>> columns = columns(samples);
        return List.of(
                chart(id, "traffic", columns, column -> average(column)),
                chart(id, "loss", columns, column -> quality -> lost(column, quality)),
                chart(id, "jitter", columns, column -> quality -> jitter(column, quality)));
    }

    private Chart chart(
            String id,
            String what,
            List<List<Sample>> columns,
            Function<List<Sample>, ToIntFunction<Function<Sample, Quality>>> value) {
        Texts t = frame.texts();
        return new Chart(
                id + "-" + what,
                t.text("bastion.allocations.chart." + what),
                t.text(
                        "bastion.allocations.chart." + what + ".unit",
                        frame.times().zoneName()),
                columns.stream()
                        .map(column -> frame.times().hour(column.get(0).at()))
                        .toList(),
                List.of(
                        new Chart.Series(
                                t.text("bastion.allocations.from-clients"),
                                columns.stream()
                                        .map(column -> value.apply(column).applyAsInt(Sample::fromClients))
                                        .toList()),
                        new Chart.Series(
                                t.text("bastion.allocations.from-peers"),
                                columns.stream()
                                        .map(column -> value.apply(column).applyAsInt(Sample::fromPeers))
                                        .toList())));
    }

    private static ToIntFunction<Function<Sample, Quality>> average(List<Sample> column) {
        return of -> (int) Math.round(column.stream()
                .mapToLong(sample -> of.apply(sample).kbitPerSecond())
                .average()
                .orElse(0));
    }

    private static int lost(List<Sample> column, Function<Sample, Quality> of) {
        long expected =
                column.stream().mapToLong(each -> of.apply(each).expected()).sum();
        long lost = column.stream().mapToLong(each -> of.apply(each).lost()).sum();
        return expected == 0 ? 0 : (int) Math.round(1_000.0 * lost / expected);
    }

    private static int jitter(List<Sample> column, Function<Sample, Quality> of) {
        return (int) (column.stream()
                        .mapToLong(each -> of.apply(each).jitterMicros())
                        .max()
                        .orElse(0)
                / 1_000);
    }

    private static List<List<Sample>> columns(List<Sample> samples) {
        int each = Math.max(1, (samples.size() + MAX_COLUMNS - 1) / MAX_COLUMNS);
        List<List<Sample>> columns = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += each) {
            columns.add(samples.subList(i, Math.min(samples.size(), i + each)));
        }
        return columns;
    }
}
