// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.datagram.DataPath;
import im.bastion.relay.datagram.DatagramPorts;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.RelaySockets;
import im.bastion.relay.turn.TurnServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets, the relayed sockets of all allocations and the one thread that serves them: nothing on the data path
 * is shared, so nothing is locked.
 */
public final class RelayLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);
    private static final long SWEEP_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 5_000;
    /** Connections, TCP, TLS and DTLS together, of clients that have not authenticated yet. */
    private static final int MAX_STRANGERS = 2_048;

    private final Selector selector;
    private final Clock clock;
    private final LoopCounters counters;
    private final Strangers strangers;
    private final PacketBuffers buffers = new PacketBuffers();
    private final DataPath path;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final HandshakeWork handshakes = new HandshakeWork(this::execute);
    private final Thread thread = new Thread(this::run, "bastion-relay");
    private final NioRelaySockets sockets;
    private Listeners listeners;
    private int receiveBufferBytes;
    private TurnServer server;
    private Moment now;
    private boolean turning;
    private volatile boolean closing;

    private RelayLoop(Selector selector, RelayEndpoint endpoint, Clock clock, LoopCounters counters) {
        this.selector = selector;
        this.clock = clock;
        this.counters = counters;
        this.strangers = new Strangers(MAX_STRANGERS, counters.turnedAway(), counters.unreadable());
        this.path = DataPath.choose(endpoint.batched());
        this.sockets = new NioRelaySockets(endpoint, this);
        this.now = readClocks();
        thread.setDaemon(true);
    }

    /** What a loop counts. */
    public record LoopCounters(LongAdder faults, LongAdder turnedAway, LongAdder unreadable) {}

    /**
     * Binds the listening sockets and starts the thread.
     *
     * @param identity what the server proves itself with to clients that want encryption
     * @param turn makes the server around the sockets it is given
     * @throws CannotListenException when an address cannot be had; nothing is left open then
     */
    public static RelayLoop start(
            RelayEndpoint endpoint,
            Identity identity,
            Function<RelaySockets, TurnServer> turn,
            Clock clock,
            LoopCounters counters)
            throws IOException {
        RelayLoop loop = new RelayLoop(Selector.open(), endpoint, clock, counters);
        try {
            loop.listeners = Listeners.open(endpoint, identity, loop, loop.strangers);
            loop.server = turn.apply(loop.sockets);
            loop.receiveBufferBytes = loop.listeners.receiveBufferBytes();
            loop.listeners.serve(loop.server, loop);
            loop.thread.start();
            return loop;
        } catch (IOException | RuntimeException e) {
            loop.shut();
            throw e;
        }
    }

    /** How many bytes the listening socket wants the system to keep for it when they come at once. */
    public static int wantedBufferBytes() {
        return DatagramPorts.LISTENER_BUFFER_BYTES;
    }

    /** How many it got. */
    public int grantedBufferBytes() {
        return receiveBufferBytes;
    }

    /** Where clients reach it over UDP. */
    public InetSocketAddress localAddress() {
        return listeners.udpAddress();
    }

    /** The way datagrams go. */
    public DataPath dataPath() {
        return path;
    }

    /** Ends the allocation of that id, soon. */
    public void end(long id) {
        execute(() -> server.end(id));
    }

    /** Ends all allocations, closes all sockets and waits for the threads, a few seconds at most. */
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

    /** Runs the task on the loop's thread, soon. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    TurnServer server() {
        return server;
    }

    DatagramPorts ports() {
        return path.ports();
    }

    PacketBuffers buffers() {
        return buffers;
    }

    HandshakeWork handshakes() {
        return handshakes;
    }

    /** When the present turn began. */
    Moment now() {
        return now;
    }

    private void run() {
        long nextSweep = now.nanos();
        while (!closing) {
            try {
                turning = false;
                selector.select(this::serve, SWEEP_MILLIS);
                turn();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (now.nanos() - nextSweep >= 0) {
                    nextSweep = now.nanos() + SWEEP_MILLIS * 1_000_000;
                    sweep();
                }
                path.ports().flush();
            } catch (IOException | RuntimeException e) {
                fault(e);
            }
        }
        shut();
    }

    private void sweep() {
        server.expire(now);
        sockets.expire(now);
        strangers.expire(now);
        listeners.retransmit();
    }

    /** Reads the clocks once for all that is ready at a time, and not before it is. */
    private void turn() {
        if (!turning) {
            turning = true;
            now = readClocks();
        }
    }

    private void serve(SelectionKey key) {
        turn();
        Ready ready = (Ready) key.attachment();
        try {
            ready.ready(key.readyOps(), now);
        } catch (IOException e) {
            // The network's fault, not ours.
            ready.fail(e);
        } catch (RuntimeException e) {
            fault(e);
            ready.fail(e);
        }
    }

    private Moment readClocks() {
        return new Moment(System.nanoTime(), Math.floorDiv(clock.millis(), 1_000L));
    }

    /** One packet must not end the service of the others; the log gets the first of its kind, the counter all. */
    private void fault(Exception e) {
        if (counters.faults().sum() == 0) {
            LOG.warn("The relay could not handle a packet; further cases are counted in relay.faults", e);
        }
        counters.faults().increment();
    }

    private void shut() {
        if (server != null) {
            server.close();
        }
        if (listeners != null) {
            listeners.close();
        }
        handshakes.close();
        Channels.close(selector);
    }
}
