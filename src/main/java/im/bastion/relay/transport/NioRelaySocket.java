// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Allocation;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.RelaySocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A relayed address on a datagram channel. Confined to the loop's thread. */
final class NioRelaySocket implements RelaySocket, DatagramReader {
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Runnable onClose;
    private final UdpListener listener;
    private final PacketBuffers buffers;
    private Allocation allocation;

    NioRelaySocket(DatagramChannel channel, InetSocketAddress address, UdpListener listener, Runnable onClose) {
        this.channel = channel;
        this.address = address;
        this.listener = listener;
        this.buffers = listener.buffers();
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
    public void read(Moment now) throws IOException {
        for (int i = 0; i < MAX_PER_TURN && channel.isOpen(); i++) {
            InetSocketAddress peer = (InetSocketAddress) channel.receive(buffers.emptyDatagram());
            if (peer == null) {
                return;
            }
            ByteBuffer data = buffers.receivedDatagram();
            if (allocation != null && listener.server().fromPeer(allocation, data, peer, now)) {
                listener.send(data, allocation.client());
            }
        }
    }

    @Override
    public void send(ByteBuffer data, InetSocketAddress peer) {
        Datagrams.send(channel, data, peer);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            onClose.run();
        }
    }
}
