// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left to one test: time, bytes, questions. Whatever is put under a {@link #limit} is closed from outside when its time
 * is over, because a socket's own timeout begins anew with each byte. One thread spends; any may {@link #stop}.
 */
public final class Budget {
    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

    private final ScheduledExecutorService timer;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final long end;
    private volatile boolean stopped;
    private long bytes;
    private int queries;

    /** Ends the limit; what it was for is closed or over. */
    public interface Limit extends AutoCloseable {
        @Override
        void close();
    }

    /** @param timer closes what takes too long; it must not be busy with anything that blocks */
    public Budget(ScheduledExecutorService timer, Duration time, long bytes, int queries) {
        this.timer = timer;
        this.end = System.nanoTime() + time.toNanos();
        this.bytes = bytes;
        this.queries = queries;
    }

    /** What every test gets. */
    public static Budget ofTest(ScheduledExecutorService timer) {
        return new Budget(timer, TestLimits.TOTAL, TestLimits.BYTES, TestLimits.QUERIES);
    }

    /**
     * Milliseconds that the next step may take: as many as it asks for, or as there are left.
     *
     * @throws SocketTimeoutException when there are none
     */
    public int millis(Duration wanted) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || stopped) {
            throw new SocketTimeoutException("the time of the whole test is over");
        }
        return (int) Math.min(left, wanted.toMillis());
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return stopped || System.nanoTime() - end >= 0;
    }

    /**
     * Takes what was read.
     *
     * @throws IOException when that is more than there was left
     */
    public void spend(long read) throws IOException {
        bytes -= read;
        if (bytes < 0) {
            throw new IOException("it sent more than a test takes");
        }
    }

    /**
     * Takes one question to a name server.
     *
     * @throws IOException when there was none left
     */
    public void ask() throws IOException {
        queries--;
        if (queries < 0) {
            throw new IOException("its names lead to more questions than a test asks");
        }
    }

    /**
     * Closes the thing when so much time is over, unless the limit ends before.
     *
     * @throws SocketTimeoutException when there is no time at all
     */
    public Limit limit(Closeable thing, Duration time) throws SocketTimeoutException {
        int millis = millis(time);
        open.add(thing);
        Future<?> closing = timer.schedule(() -> close(thing), millis, TimeUnit.MILLISECONDS);
        return () -> {
            closing.cancel(false);
            open.remove(thing);
        };
    }

    /** Ends the test: what is open is closed, nothing more is opened. */
    public void stop() {
        stopped = true;
        open.forEach(Budget::close);
    }

    private static void close(Closeable thing) {
        try {
            thing.close();
        } catch (IOException e) {
            LOG.debug("A connection of a test does not close", e);
        }
    }
}
