// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Some of what lies in the database, newest first. The next one begins behind the last row that was looked at: at its time,
 * and behind so many of that same millisecond.
 *
 * @param older where the next one begins, for the address; empty when there is none
 * @param isNewest whether it is the first
 */
public record Slice<T>(List<T> rows, String older, boolean isNewest) {
    /** How many rows are looked at for one page, when most are filtered away. */
    private static final int MAX_LOOKED_AT = 900;

    private static final Start NEWEST = new Start(0, 0);

    /** Reads so many of the newest before that time. */
    @FunctionalInterface
    interface Source<T> {
        List<T> newest(Instant before, int max);
    }

    /**
     * Where a slice begins.
     *
     * @param millis of the row before its first, since the epoch; 0 at the very beginning
     * @param shown how many of that time have been shown
     */
    private record Start(long millis, int shown) {
        static Start of(String address) {
            int dot = address.indexOf('.');
            try {
                long millis = Long.parseLong(dot < 0 ? address : address.substring(0, dot));
                int shown = dot < 0 ? 0 : Integer.parseUnsignedInt(address.substring(dot + 1));
                return millis > 0 ? new Start(millis, Math.min(shown, MAX_LOOKED_AT)) : NEWEST;
            } catch (NumberFormatException e) {
                return NEWEST;
            }
        }

        /** Behind the last of these. */
        static <T> Start behind(List<T> looked, Function<T, Instant> time) {
            long last = time.apply(looked.get(looked.size() - 1)).toEpochMilli();
            long same = looked.stream()
                    .filter(row -> time.apply(row).toEpochMilli() == last)
                    .count();
            return new Start(last, (int) same);
        }

        String address() {
            return millis + "." + shown;
        }
    }

    /** Those that the address asks for by "before". */
    static <T> Slice<T> of(Source<T> source, Function<T, Instant> time, Query query, Instant now) {
        return of(source, time, row -> true, Paged.SIZE + 1, query, now);
    }

    /** Those that the address asks for by "before", as far as they fit. */
    static <T> Slice<T> of(Source<T> source, Function<T, Instant> time, Predicate<T> fits, Query query, Instant now) {
        return of(source, time, fits, MAX_LOOKED_AT, query, now);
    }

    private static <T> Slice<T> of(
            Source<T> source, Function<T, Instant> time, Predicate<T> fits, int max, Query query, Instant now) {
        Start start = Start.of(query.text("before"));
        boolean isNewest = start.equals(NEWEST);
        // What is just being filed may carry a time some moments ahead.
        Instant before = isNewest ? now.plusSeconds(60) : Instant.ofEpochMilli(start.millis() + 1);
        List<T> looked = source.newest(before, max + start.shown());
        List<T> rows = new ArrayList<>();
        for (int i = start.shown(); i < looked.size(); i++) {
            if (fits.test(looked.get(i))) {
                if (rows.size() == Paged.SIZE) {
                    return new Slice<>(
                            rows, Start.behind(looked.subList(0, i), time).address(), isNewest);
                }
                rows.add(looked.get(i));
            }
        }
        boolean isLast = looked.size() < max + start.shown();
        return new Slice<>(rows, isLast ? "" : Start.behind(looked, time).address(), isNewest);
    }
}
