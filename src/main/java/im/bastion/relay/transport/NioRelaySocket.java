// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Allocation;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.RelaySocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A relayed UDP address on a datagram channel. Confined to the loop's thread. */
final class NioRelaySocket implements RelaySocket, Ready {
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final RelayLoop loop;
    private final Runnable onClose;
    private Allocation allocation;

    NioRelaySocket(DatagramChannel channel, InetSocketAddress address, RelayLoop loop, Runnable onClose) {
        this.channel = channel;
        this.address = address;
        this.loop = loop;
        this.onClose = onClose;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void serve(Allocation owner) {
        allocation = owner;
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        PacketBuffers buffers = loop.buffers();
        for (int i = 0; i < MAX_PER_TURN && channel.isOpen(); i++) {
            InetSocketAddress peer = (InetSocketAddress) channel.receive(buffers.emptyDatagram());
            if (peer == null) {
                return;
            }
            if (allocation != null) {
                loop.server().fromPeer(allocation, buffers.receivedDatagram(), peer, now);
            }
        }
    }

    @Override
    public void send(ByteBuffer data, InetSocketAddress peer) {
        Datagrams.send(channel, data, peer);
    }

    @Override
    public void sendUnfragmented(ByteBuffer data, InetSocketAddress peer) {
        throw new UnsupportedOperationException("datagram channels of Java 17 cannot forbid to fragment");
    }

    @Override
    public void fail(Exception cause) {
        // One datagram is lost; the socket goes on.
    }

    @Override
    public void close() {
        Channels.close(channel);
        onClose.run();
    }
}
