// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Events on their way from the guards to the disk or the database. Handing one in takes no lock and never waits; one thread
 * takes them out.
 */
public final class EventQueue<E> {
    private final Queue<E> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final int capacity;
    private volatile Thread taker;
    private volatile boolean closed;

    /** @param capacity how many events may wait */
    public EventQueue(int capacity) {
        this.capacity = capacity;
    }

    /** False when there was no room: the event is counted as lost. */
    public boolean offer(E event) {
        if (closed || !reserve()) {
            lost.incrementAndGet();
            return false;
        }
        events.add(event);
        LockSupport.unpark(taker);
        return true;
    }

    /** How many wait. */
    public int waiting() {
        return size.get();
    }

    private boolean reserve() {
        if (size.incrementAndGet() <= capacity) {
            return true;
        }
        size.decrementAndGet();
        return false;
    }

    /** At most that many of the oldest events; none when there are none. */
    public List<E> take(int max) {
        List<E> taken = new ArrayList<>();
        while (taken.size() < max) {
            E event = events.poll();
            if (event == null) {
                break;
            }
            taken.add(event);
        }
        size.addAndGet(-taken.size());
        return taken;
    }

    /** Waits until there may be something to take; called by the one thread that takes. */
    public void await(Duration atMost) {
        taker = Thread.currentThread();
        if (events.isEmpty() && !closed) {
            LockSupport.parkNanos(this, atMost.toNanos());
        }
    }

    /** Adds to the number of events lost. */
    public void countLost(long count) {
        lost.addAndGet(count);
    }

    /** The number of events lost since this was last asked. */
    public long takeLost() {
        return lost.getAndSet(0);
    }

    /** From now on every event handed in is lost. */
    public void close() {
        closed = true;
        LockSupport.unpark(taker);
    }
}
