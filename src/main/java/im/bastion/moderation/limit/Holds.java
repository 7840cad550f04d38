// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.host.Stanzas;
import im.bastion.moderation.event.RoomEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Stanzas that wait before they go to their room. The room has never seen them, so neither have those who join meanwhile.
 * What one account says in one room keeps its order. Holds up to {@link #MAX_HELD}, of one account in one room {@link
 * #MAX_OF_ONE}; when all is full, what is beyond is delivered at once: nothing is lost, neither then nor at the end.
 */
public final class Holds implements AutoCloseable {
    /** How many stanzas may wait. */
    public static final int MAX_HELD = 10_000;
    /** How many of them may be one account's in one room, so that nobody fills the place of others. */
    public static final int MAX_OF_ONE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    /** What became of a stanza that should wait. */
    public enum Held {
        WAITING,
        /** The same account has {@link #MAX_OF_ONE} waiting there: it is for the sender to wait. */
        TOO_MANY_OF_ONE,
        /** Nothing more can wait: it is to be delivered now. */
        FULL
    }

    /**
     * A stanza that waits.
     *
     * @param key of its event, by which it can be dropped
     * @param person the bare JID
     */
    public record Waiting(long key, JID room, JID person, Instant since, Instant until) {}

    /** Told of each stanza right after it was delivered. */
    @FunctionalInterface
    public interface Delivered {
        /** @param stanza with the id that its room gave it, where the host leaves it there */
        void told(RoomEvent event, Packet stanza);
    }

    private record Kept(RoomEvent event, Packet stanza, long releaseNanos) {}

    private final Stanzas stanzas;
    private volatile Delivered delivered = (event, stanza) -> {};
    private final Map<String, List<Kept>> bySender = new HashMap<>();
    private final ScheduledThreadPoolExecutor releases;
    private int held;

    public Holds(Stanzas stanzas) {
        this.stanzas = stanzas;
        releases = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bastion-hold");
            thread.setDaemon(true);
            return thread;
        });
        releases.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** From now on tells this one what was delivered. */
    public void onDelivered(Delivered listener) {
        delivered = listener;
    }

    /** Keeps the stanza back for that time. */
    public Held hold(RoomEvent event, Packet stanza, Duration delay) {
        String sender = sender(event.room(), event.sender());
        synchronized (this) {
            if (held >= MAX_HELD || releases.isShutdown()) {
                return Held.FULL;
            }
            List<Kept> before = bySender.computeIfAbsent(sender, s -> new ArrayList<>(1));
            if (before.size() >= MAX_OF_ONE) {
                return Held.TOO_MANY_OF_ONE;
            }
            held++;
            before.add(new Kept(event, stanza.createCopy(), event.nanos() + delay.toNanos()));
        }
        var unused = releases.schedule(() -> release(sender, event.key()), delay.toMillis(), TimeUnit.MILLISECONDS);
        return Held.WAITING;
    }

    /** Whether something of the sender waits in that room: then what is said next has to wait behind it. */
    public synchronized boolean isHolding(RoomEvent event) {
        return held > 0 && bySender.containsKey(sender(event.room(), event.sender()));
    }

    /** Puts the stanza behind those of its sender that wait already; FULL also when none does any more. */
    public Held follow(RoomEvent event, Packet stanza) {
        long last;
        synchronized (this) {
            List<Kept> before = bySender.get(sender(event.room(), event.sender()));
            if (before == null) {
                return Held.FULL;
            }
            last = before.get(before.size() - 1).releaseNanos();
        }
        return hold(event, stanza, Duration.ofNanos(Math.max(1_000_000, last - event.nanos() + 1_000_000)));
    }

    /** Drops what of that account waits in the room; answers how many. */
    public synchronized int cancel(JID room, JID person) {
        List<Kept> dropped = bySender.remove(sender(room, person));
        held -= dropped == null ? 0 : dropped.size();
        return dropped == null ? 0 : dropped.size();
    }

    /** Drops those of these events that wait; answers how many. */
    public synchronized int drop(Collection<Long> keys) {
        int before = held;
        if (held > 0) {
            Set<Long> dropped = Set.copyOf(keys);
            bySender.values()
                    .forEach(waiting -> waiting.removeIf(kept -> {
                        boolean drops = dropped.contains(kept.event().key());
                        held -= drops ? 1 : 0;
                        return drops;
                    }));
            bySender.values().removeIf(List::isEmpty);
        }
        return before - held;
    }

    /** What waits, in one room or (null) in all, longest first. */
    public synchronized List<Waiting> waiting(JID room) {
        return bySender.values().stream()
                .flatMap(List::stream)
                .filter(kept -> room == null || kept.event().room().equals(room))
                .map(Holds::shown)
                .sorted(Comparator.comparing(Waiting::since).thenComparing(Waiting::key))
                .toList();
    }

    /** How many stanzas wait. */
    public synchronized int size() {
        return held;
    }

    /** Delivers what waits, and stops. */
    @Override
    public void close() {
        releases.shutdownNow();
        List<Kept> all = new ArrayList<>();
        synchronized (this) {
            bySender.values().forEach(all::addAll);
            bySender.clear();
            held = 0;
        }
        all.forEach(this::deliver);
    }

    /** Everything of the sender up to that one. */
    private void release(String sender, long key) {
        List<Kept> due = new ArrayList<>(1);
        synchronized (this) {
            List<Kept> waiting = bySender.get(sender);
            while (waiting != null
                    && !waiting.isEmpty()
                    && waiting.get(0).event().key() <= key) {
                due.add(waiting.remove(0));
                held--;
            }
            if (waiting != null && waiting.isEmpty()) {
                bySender.remove(sender);
            }
        }
        due.forEach(this::deliver);
    }

    private void deliver(Kept released) {
        try {
            Packet stanza = released.stanza();
            stanza.setFrom(released.event().sender());
            stanzas.send(stanza);
            delivered.told(released.event(), stanza);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A message that was held back could not be delivered to {}",
                    released.event().room(),
                    e);
        }
    }

    private static Waiting shown(Kept kept) {
        RoomEvent event = kept.event();
        Instant since = Instant.ofEpochMilli(event.atMillis());
        return new Waiting(
                event.key(),
                event.room(),
                event.sender().asBareJID(),
                since,
                since.plusNanos(kept.releaseNanos() - event.nanos()));
    }

    private static String sender(JID room, JID person) {
        return room.toBareJID() + ' ' + person.toBareJID();
    }
}
