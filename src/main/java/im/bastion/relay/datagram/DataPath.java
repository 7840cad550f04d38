// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import im.bastion.relay.turn.Moment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way datagrams go on this machine.
 *
 * @param kind which of the two ways
 * @param refusal why it is not the faster one though that was wanted and this is the system for it; or empty
 */
public record DataPath(DatagramPorts ports, Kind kind, String refusal) {
    private static final Logger LOG = LoggerFactory.getLogger(DataPath.class);
    private static final int TRIES = 1_000;
    private static final AtomicBoolean BOUND = new AtomicBoolean();

    /** The ways there are. */
    public enum Kind {
        /** Linux's own calls for many datagrams at once. */
        BATCHED,
        /** Java's channels, on every system. */
        NIO
    }

    /**
     * Chooses the faster way, where it works.
     *
     * @param batched whether it may be that of many datagrams at once
     */
    public static DataPath choose(boolean batched) {
        String refusal = "";
        try {
            if (batched && LinuxPorts.fit()) {
                return new DataPath(checked(), Kind.BATCHED, "");
            }
        } catch (LinkageError | IOException | RuntimeException e) {
            LOG.debug("Datagrams cannot be handled many at once", e);
            refusal = String.valueOf(e.getMessage());
        }
        return new DataPath(new NioPorts(), Kind.NIO, refusal);
    }

    /** Ports that have been seen to work: a datagram went out and came in. */
    private static DatagramPorts checked() throws IOException {
        LinuxPorts ports = new LinuxPorts();
        BOUND.set(true);
        check(ports);
        return ports;
    }

    /**
     * Takes back what the faster way would leave behind in a process that goes on. To be called when the plugin goes, after
     * all sockets have been closed.
     */
    public static void release() {
        if (BOUND.compareAndSet(true, false)) {
            Libc.release();
        }
    }

    private static void check(LinuxPorts ports) throws IOException {
        Moment now = new Moment(System.nanoTime(), 0);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramPort port = ports.relay(anyPort)) {
            InetSocketAddress self = (InetSocketAddress) port.channel().getLocalAddress();
            port.send(ByteBuffer.allocateDirect(1).put(0, (byte) 1), self);
            int[] seen = new int[1];
            for (int i = 0; i < TRIES && seen[0] < 2; i++) {
                // What came in goes out once more, from where it was received.
                port.receive(
                        (datagram, from, at) -> {
                            seen[0]++;
                            port.send(datagram, from);
                        },
                        now);
                ports.flush();
                Thread.onSpinWait();
            }
            if (seen[0] < 2) {
                throw new IOException("a datagram sent to itself did not arrive");
            }
        }
    }
}
