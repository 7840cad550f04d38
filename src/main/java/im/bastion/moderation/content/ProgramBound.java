// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a pattern's program will be at most, told before it is made: repetitions within repetitions multiply, and the
 * compiler writes them all out.
 */
final class ProgramBound {
    private static final long MANY = 1_000_000_000;

    /** The alternatives of one group. */
    private static final class Level {
        private long before;
        private long last;

        private void atom(long size) {
            before = Math.min(MANY, before + last);
            last = Math.min(MANY, size);
        }

        private long size() {
            return Math.min(MANY, before + last);
        }
    }

    private final String pattern;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int at;

    private ProgramBound(String pattern) {
        this.pattern = pattern;
        levels.push(new Level());
    }

    /** An upper bound, in instructions; of a pattern that does not parse, any number. */
    static long of(String pattern) {
        return new ProgramBound(pattern).read();
    }

    private long read() {
        for (; at < pattern.length(); at++) {
            switch (pattern.charAt(at)) {
                case '(' -> levels.push(new Level());
                case ')' -> close();
                case '{' -> repeat();
                case '[' -> {
                    at = PatternSyntax.endOfClass(pattern, at);
                    levels.peek().atom(1);
                }
                case '\\' -> {
                    at++;
                    levels.peek().atom(1);
                }
                case '*', '+', '?' -> levels.peek().last++;
                default -> levels.peek().atom(1);
            }
        }
        while (levels.size() > 1) {
            close();
        }
        return levels.peek().size();
    }

    private void close() {
        if (levels.size() > 1) {
            long group = levels.pop().size() + 2;
            levels.peek().atom(group);
        }
    }

    /** {n}, {n,} or {n,m}; anything else is a plain sign. */
    private void repeat() {
        int end = pattern.indexOf('}', at);
        String[] bounds =
                end < 0 ? new String[0] : pattern.substring(at + 1, end).split(",", -1);
        long times = 0;
        for (String bound : bounds) {
            if (bound.length() > 4 || !bound.chars().allMatch(c -> c >= '0' && c <= '9')) {
                levels.peek().atom(1);
                return;
            }
            times = Math.max(times + 1, bound.isEmpty() ? 0 : Long.parseLong(bound));
        }
        Level level = levels.peek();
        level.last = Math.min(MANY, level.last * Math.max(1, times));
        at = end < 0 ? at : end;
    }
}
