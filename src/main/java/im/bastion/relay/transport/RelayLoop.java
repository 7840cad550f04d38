// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.RelaySockets;
import im.bastion.relay.turn.TurnServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening socket, the relayed sockets of its allocations and the one thread that serves them all: nothing on the data
 * path is shared, so nothing is locked.
 */
public final class RelayLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);
    private static final long SWEEP_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 5_000;

    private final Selector selector;
    private final UdpListener listener;
    private final TurnServer server;
    private final Clock clock;
    private final LongAdder faults;
    private final Thread thread;
    private volatile boolean closing;

    private RelayLoop(Selector selector, UdpListener listener, TurnServer server, Clock clock, LongAdder faults) {
        this.selector = selector;
        this.listener = listener;
        this.server = server;
        this.clock = clock;
        this.faults = faults;
        this.thread = new Thread(this::run, "bastion-relay");
        thread.setDaemon(true);
    }

    /**
     * Binds the listening socket and starts the thread.
     *
     * @param turn makes the server around the sockets it is given
     * @param faults counts what should never happen
     * @throws IOException when the address cannot be had; nothing is left open then
     */
    public static RelayLoop start(
            RelayEndpoint endpoint, Function<RelaySockets, TurnServer> turn, Clock clock, LongAdder faults)
            throws IOException {
        Selector selector = Selector.open();
        UdpListener listener = null;
        try {
            listener = UdpListener.open(endpoint.listen(), new PacketBuffers());
            TurnServer server = turn.apply(new NioRelaySockets(endpoint, selector, listener));
            listener.serve(server, selector);
            RelayLoop loop = new RelayLoop(selector, listener, server, clock, faults);
            loop.thread.start();
            return loop;
        } catch (IOException | RuntimeException e) {
            selector.close();
            if (listener != null) {
                listener.close();
            }
            throw e;
        }
    }

    /** Where clients reach it. */
    public InetSocketAddress localAddress() {
        return listener.localAddress();
    }

    /** Ends all allocations, closes all sockets and waits for the thread, a few seconds at most. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextSweep = System.nanoTime();
        while (!closing) {
            try {
                selector.select(this::serve, SWEEP_MILLIS);
                Moment now = now();
                if (now.nanos() - nextSweep >= 0) {
                    nextSweep = now.nanos() + SWEEP_MILLIS * 1_000_000;
                    server.expire(now);
                }
            } catch (IOException | RuntimeException e) {
                fault(e);
            }
        }
        shut();
    }

    private void serve(SelectionKey key) {
        try {
            ((DatagramReader) key.attachment()).read(now());
        } catch (IOException | RuntimeException e) {
            fault(e);
        }
    }

    private Moment now() {
        return new Moment(System.nanoTime(), Math.floorDiv(clock.millis(), 1_000L));
    }

    /** One packet must not end the service of the others; the log gets the first of its kind, the counter all. */
    private void fault(Exception e) {
        if (faults.sum() == 0) {
            LOG.warn("The relay could not handle a datagram; further cases are counted in relay.faults", e);
        }
        faults.increment();
    }

    private void shut() {
        server.close();
        for (AutoCloseable each : List.<AutoCloseable>of(listener, selector)) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.warn("The relay could not close a socket", e);
            }
        }
    }
}
