// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import im.bastion.encryption.message.Shown;
import im.bastion.encryption.rule.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who has written to whom on which day and what the messages showed, counted, for trying a draft on it: in memory alone,
 * gone with the process. Nothing of a message's words, id or time of day. At most {@link #MAX}, each with {@link
 * #MAX_SHAPES} kinds of messages; what is beyond is left out. Thread-safe; one look-up for a message.
 */
public final class Conversations {
    /** Senders and their peers, for each day. */
    public static final int MAX = 20_000;

    /** Kinds of messages that one of them is remembered by. */
    public static final int MAX_SHAPES = 16;

    /**
     * Messages of one kind.
     *
     * @param day days since the epoch, UTC
     */
    public record Seen(long day, End from, End to, Shown shown, long messages) {}

    private record Key(long day, End from, End to) {}

    private final Map<Key, Map<Shown, LongAdder>> counts = new ConcurrentHashMap<>();
    private final LongAdder leftOut = new LongAdder();

    /** Counts one message. */
    public void saw(long day, End from, End to, Shown shown) {
        Key key = new Key(day, from, to);
        Map<Shown, LongAdder> shapes = counts.get(key);
        if (shapes == null) {
            if (counts.size() >= MAX) {
                leftOut.increment();
                return;
            }
            shapes = counts.computeIfAbsent(key, k -> new ConcurrentHashMap<>(2));
        }
        LongAdder count = shapes.get(shown);
        if (count == null) {
            if (shapes.size() >= MAX_SHAPES) {
                leftOut.increment();
                return;
            }
            count = shapes.computeIfAbsent(shown, s -> new LongAdder());
        }
        count.increment();
    }

    /** Forgets the days before that one. */
    public void forget(long firstDay) {
        counts.keySet().removeIf(key -> key.day() < firstDay);
    }

    /** What there was from that day on. */
    public List<Seen> since(long firstDay) {
        List<Seen> seen = new ArrayList<>();
        counts.forEach((key, shapes) -> {
            if (key.day() >= firstDay) {
                shapes.forEach(
                        (shown, count) -> seen.add(new Seen(key.day(), key.from(), key.to(), shown, count.sum())));
            }
        });
        return seen;
    }

    /** How many messages found no room since the start. */
    public long leftOut() {
        return leftOut.sum();
    }
}
