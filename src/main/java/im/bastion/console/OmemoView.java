// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;
import im.bastion.omemo.SweepProgress;
import im.bastion.omemo.SweptNode;
import im.bastion.omemo.census.Readiness;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The OMEMO guard, who is ready for encryption, the sweep and the key log.
 *
 * @param readiness oldest first; null when it cannot be read now
 * @param sweep null where the guard could not start
 * @param swept one page of what the sweep has to say; null when it cannot be read now
 * @param page of the sweep's results, from 0
 * @param log null where the log could not start
 */
public record OmemoView(
        Frame frame,
        GuardCard guard,
        List<Readiness> readiness,
        SweepProgress sweep,
        List<SweptNode> swept,
        int page,
        KeyLog.Status log) {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;

    /** The newest count; null when there is none. */
    public Readiness newest() {
        return readiness == null || readiness.isEmpty() ? null : readiness.get(readiness.size() - 1);
    }

    /** The accounts' line of the chart, as points of SVG. */
    public String accountLine() {
        return line(Readiness::accountShare);
    }

    /** The rooms' line of the chart, as points of SVG. */
    public String roomLine() {
        return line(Readiness::roomShare);
    }

    /** A share as it is shown, for example "12.5 %". */
    public String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f %%", share);
    }

    private String line(ToDoubleFunction<Readiness> share) {
        StringBuilder points = new StringBuilder();
        int last = Math.max(1, readiness.size() - 1);
        for (int i = 0; i < readiness.size(); i++) {
            double y = HEIGHT - HEIGHT * share.applyAsDouble(readiness.get(i)) / 100;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", (double) WIDTH * i / last, y));
        }
        return points.toString().strip();
    }
}
