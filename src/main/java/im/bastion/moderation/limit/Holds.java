// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.host.Stanzas;
import im.bastion.moderation.event.RoomEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Stanzas that wait before they go to their room. The room has never seen them, so neither have those who join meanwhile.
 * What one account says in one room keeps its order. Holds up to {@link #MAX_HELD}; what is beyond is delivered at once:
 * nothing is lost, neither then nor at the end.
 */
public final class Holds implements AutoCloseable {
    /** How many stanzas may wait. */
    public static final int MAX_HELD = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    /** One stanza that waits. */
    private record Held(RoomEvent event, Packet stanza, long releaseNanos) {}

    private final Stanzas stanzas;
    private final Map<String, List<Held>> bySender = new HashMap<>();
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

    /**
     * Keeps the stanza back for that time.
     *
     * @return false when too many wait: then it is to be delivered now
     */
    public boolean hold(RoomEvent event, Packet stanza, Duration delay) {
        String sender = sender(event.room(), event.sender());
        synchronized (this) {
            if (held >= MAX_HELD || releases.isShutdown()) {
                return false;
            }
            held++;
            bySender.computeIfAbsent(sender, s -> new ArrayList<>(1))
                    .add(new Held(event, stanza.createCopy(), event.nanos() + delay.toNanos()));
        }
        var unused = releases.schedule(() -> release(sender, event.key()), delay.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    /** Whether something of the sender waits in that room: then what is said next has to wait behind it. */
    public synchronized boolean isHolding(RoomEvent event) {
        return held > 0 && bySender.containsKey(sender(event.room(), event.sender()));
    }

    /** Puts the stanza behind those of its sender that wait already. */
    public boolean follow(RoomEvent event, Packet stanza) {
        long last;
        synchronized (this) {
            List<Held> before = bySender.get(sender(event.room(), event.sender()));
            if (before == null) {
                return false;
            }
            last = before.get(before.size() - 1).releaseNanos();
        }
        return hold(event, stanza, Duration.ofNanos(Math.max(1_000_000, last - event.nanos() + 1_000_000)));
    }

    /** Drops what of that account waits in the room; answers how many. */
    public synchronized int cancel(JID room, JID person) {
        List<Held> dropped = bySender.remove(sender(room, person));
        held -= dropped == null ? 0 : dropped.size();
        return dropped == null ? 0 : dropped.size();
    }

    /** How many stanzas wait. */
    public synchronized int size() {
        return held;
    }

    /** Delivers what waits, and stops. */
    @Override
    public void close() {
        releases.shutdownNow();
        List<Held> all = new ArrayList<>();
        synchronized (this) {
            bySender.values().forEach(all::addAll);
            bySender.clear();
            held = 0;
        }
        all.forEach(this::deliver);
    }

    /** Everything of the sender up to that one. */
    private void release(String sender, long key) {
        List<Held> due = new ArrayList<>(1);
        synchronized (this) {
            List<Held> waiting = bySender.get(sender);
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

    private void deliver(Held released) {
        try {
            Packet stanza = released.stanza();
            stanza.setFrom(released.event().sender());
            stanzas.send(stanza);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A message that was held back could not be delivered to {}",
                    released.event().room(),
                    e);
        }
    }

    private static String sender(JID room, JID person) {
        return room.toBareJID() + ' ' + person.toBareJID();
    }
}
