// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.encryption.traffic.Usage.Count;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** How many messages of each day were encrypted, with nothing readable beside, and how many were not. */
final class EncryptionShare {
    private EncryptionShare() {}

    /** So many days, the last of them today; those without messages too. */
    static Chart chart(List<Count> counts, LocalDate today, int days, Texts t) {
        List<String> columns = new ArrayList<>();
        List<Integer> encrypted = new ArrayList<>();
        List<Integer> readable = new ArrayList<>();
        for (int i = days - 1; i >= 0; i--) {
            LocalDate day = today.minusDays(i);
            columns.add(day.toString());
            encrypted.add(sum(counts, day, true));
            readable.add(sum(counts, day, false));
        }
        return new Chart(
                "share",
                t.text("bastion.encryption.chart"),
                t.text("bastion.encryption.chart.what", percent(counts)),
                columns,
                List.of(
                        new Chart.Series(t.text("bastion.encryption.chart.encrypted"), encrypted),
                        new Chart.Series(t.text("bastion.encryption.chart.readable"), readable)));
    }

    private static int sum(List<Count> counts, LocalDate day, boolean encrypted) {
        long sum = counts.stream()
                .filter(count -> count.day() == day.toEpochDay())
                .filter(count -> count.protection().isEncrypted() == encrypted)
                .mapToLong(Count::messages)
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }

    private static long percent(List<Count> counts) {
        long all = counts.stream().mapToLong(Count::messages).sum();
        long encrypted = counts.stream()
                .filter(count -> count.protection().isEncrypted())
                .mapToLong(Count::messages)
                .sum();
        return all == 0 ? 0 : 100 * encrypted / all;
    }
}
