// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.statistics.Counts;
import im.bastion.moderation.statistics.What;
import java.util.Locale;

/**
 * What one rule did over a time.
 *
 * @param rule its name; empty for what people did without a rule
 */
public record RuleStatistic(String rule, Counts counts) {
    /** How often: for the template. */
    public int of(String what) {
        return counts.of(What.valueOf(what));
    }

    /** The share of its findings that nobody has overturned, of 100; negative when there is none. */
    public double precision() {
        int findings = counts.findings();
        return findings == 0 ? -1 : Math.max(0, 100.0 * (findings - counts.of(What.OVERTURNED)) / findings);
    }

    /** The precision as people read it, for example "98.5 %". */
    public String precisionText() {
        return precision() < 0 ? "" : String.format(Locale.ENGLISH, "%.1f %%", precision());
    }
}
