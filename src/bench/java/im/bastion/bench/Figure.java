// SPDX-License-Identifier: Apache-2.0
package im.bastion.bench;

import java.util.Locale;

/**
 * One measured figure beside what it is compared with.
 *
 * @param value median over the rounds
 * @param baseline median of what it is compared with in the same run; NaN when there is none
 * @param goal the largest value allowed; NaN when none was set
 * @param rounds how many measurements the medians are of
 * @param spread (largest − smallest) / median of the value
 */
public record Figure(
        String name,
        double value,
        String unit,
        double baseline,
        String baselineName,
        double goal,
        int rounds,
        double spread) {

    double ratio() {
        return value / baseline;
    }

    boolean met() {
        return Double.isNaN(goal) || value <= goal;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-44s %12.3f %-6s %12s %-22s %9s %10s %-4s n=%d ±%.0f %%",
                name,
                value,
                unit,
                text(baseline),
                baselineName,
                text(ratio()),
                text(goal),
                met() ? "met" : "MISS",
                rounds,
                spread * 100);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"baseline\":%s,\"baselineName\":\"%s\",\"ratio\":%s,"
                        + "\"goal\":%s,\"met\":%b,\"rounds\":%d,\"spread\":%s}",
                name,
                number(value),
                unit,
                number(baseline),
                baselineName,
                number(ratio()),
                number(goal),
                met(),
                rounds,
                number(spread));
    }

    private static String text(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "-";
    }

    private static String number(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "null";
    }
}
