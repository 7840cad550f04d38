// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.channels.DatagramChannel;

/**
 * Many datagrams with one call: {@code recvmmsg} and {@code sendmmsg}, and datagrams of one size between the same two as one
 * (UDP GRO and GSO). A datagram is sent from where it was received; its payload is neither copied nor read.
 */
final class LinuxPorts extends DatagramPorts {
    private final Descriptors descriptors;
    private final LinuxBuffers buffers;

    /** @throws LinkageError when the system's calls cannot be had */
    LinuxPorts() {
        descriptors = new Descriptors();
        buffers = new LinuxBuffers();
    }

    @Override
    public void flush() {
        buffers.flush();
    }

    /** Whether this is a system whose calls and layouts these are. */
    static boolean fit() {
        return Platform.isLinux() && (Platform.ARCH.equals("x86-64") || Platform.ARCH.equals("aarch64"));
    }

    @Override
    void opening() {
        descriptors.opening();
    }

    @Override
    DatagramPort port(DatagramChannel channel, boolean few) throws IOException {
        int descriptor = descriptors.of(channel);
        if (few) {
            // Where this is not known, datagrams come one by one.
            descriptors.set(descriptor, Libc.SOL_UDP, Libc.UDP_GRO);
        }
        return new LinuxPort(channel, descriptor, descriptors.isIpv4(descriptor), buffers);
    }
}
