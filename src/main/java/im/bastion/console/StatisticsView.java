// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.util.Arrays;
import java.util.List;

/**
 * Statistics over one period.
 *
 * @param byRule null when moderation could not start
 * @param rules those that found most first
 */
public record StatisticsView(
        Frame frame, StatisticsPage.Period period, Chart byRule, Chart byOutcome, List<RuleStatistic> rules) {
    /** The periods there are, as words. */
    public List<String> periods() {
        return Arrays.stream(StatisticsPage.Period.values()).map(Query::word).toList();
    }

    public String periodWord() {
        return Query.word(period);
    }
}
