// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the system's number for a channel's socket, which Java does not tell: the one open descriptor that is a datagram
 * socket bound to just that address. Proven before it is used; no two sockets of these channels share an address.
 */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final int NEAR = 4;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(SocketNames.BYTES + 2 * Integer.BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer network = memory.duplicate();
    private final SocketNames names = new SocketNames();
    private final long address = Libc.addressOf(memory);
    private int likely;

    /** The number the system would give out now; a socket opened next will have it, unless another thread is faster. */
    void opening() {
        int free = Libc.dup(1);
        if (free >= 0) {
            Libc.close(free);
            likely = free;
        }
    }

    /**
     * The number of the channel's socket.
     *
     * @throws IOException when there is none, which cannot be
     */
    int of(DatagramChannel channel) throws IOException {
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        for (int descriptor = likely; descriptor < likely + NEAR; descriptor++) {
            if (isBoundTo(descriptor, local)) {
                return descriptor;
            }
        }
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN)) {
            for (Path each : open) {
                int descriptor = Integer.parseInt(each.getFileName().toString());
                if (isBoundTo(descriptor, local)) {
                    return descriptor;
                }
            }
        }
        throw new IOException("The socket of " + local + " is not among this process's descriptors");
    }

    /** Whether the socket knows IPv4 alone. */
    boolean isIpv4(int descriptor) {
        return readName(descriptor) && SocketNames.family(network, 0) == Libc.AF_INET;
    }

    /** Sets a switch; false when the system does not know it. */
    boolean set(int descriptor, int level, int option) {
        memory.putInt(SocketNames.BYTES, 1);
        return Libc.setsockopt(descriptor, level, option, address + SocketNames.BYTES, Integer.BYTES) == 0;
    }

    private boolean isBoundTo(int descriptor, InetSocketAddress local) {
        return isDatagramSocket(descriptor)
                && readName(descriptor)
                && isInternet(SocketNames.family(network, 0))
                && isSame(names.read(network, 0), local);
    }

    private static boolean isInternet(int family) {
        return family == Libc.AF_INET || family == Libc.AF_INET6;
    }

    /** The wildcard of a socket for both families is told as either. */
    private static boolean isSame(InetSocketAddress found, InetSocketAddress local) {
        boolean bothAny =
                found.getAddress().isAnyLocalAddress() && local.getAddress().isAnyLocalAddress();
        return found.getPort() == local.getPort()
                && (bothAny || found.getAddress().equals(local.getAddress()));
    }

    private boolean isDatagramSocket(int descriptor) {
        memory.putInt(SocketNames.BYTES, 0).putInt(SocketNames.BYTES + Integer.BYTES, Integer.BYTES);
        return Libc.getsockopt(
                                descriptor,
                                Libc.SOL_SOCKET,
                                Libc.SO_TYPE,
                                address + SocketNames.BYTES,
                                address + SocketNames.BYTES + Integer.BYTES)
                        == 0
                && memory.getInt(SocketNames.BYTES) == Libc.SOCK_DGRAM;
    }

    private boolean readName(int descriptor) {
        memory.putInt(SocketNames.BYTES, SocketNames.BYTES);
        return Libc.getsockname(descriptor, address, address + SocketNames.BYTES) == 0;
    }
}
