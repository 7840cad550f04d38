// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.statistics;

import java.util.EnumMap;
import java.util.Map;

/** How often each of the things that are counted. Immutable. */
public final class Counts {
    /** Nothing. */
    public static final Counts NONE = new Counts(new EnumMap<>(What.class));

    private final Map<What, Integer> counts;

    private Counts(Map<What, Integer> counts) {
        this.counts = counts;
    }

    /** How often. */
    public int of(What what) {
        return counts.getOrDefault(what, 0);
    }

    /** What rules found, whatever followed: refused, held, reported, observed. */
    public int findings() {
        return of(What.REFUSED) + of(What.HELD) + of(What.REPORTED) + of(What.OBSERVED);
    }

    /** These and one thing more often. */
    Counts with(What what, int more) {
        Map<What, Integer> sum = new EnumMap<>(What.class);
        sum.putAll(counts);
        sum.merge(what, more, Integer::sum);
        return new Counts(sum);
    }

    /** These and those. */
    public Counts plus(Counts others) {
        Map<What, Integer> sum = new EnumMap<>(What.class);
        sum.putAll(counts);
        others.counts.forEach((what, count) -> sum.merge(what, count, Integer::sum));
        return new Counts(sum);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
