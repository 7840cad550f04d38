// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.datagram.DatagramPort;
import im.bastion.relay.turn.Allocation;
import im.bastion.relay.turn.Leg;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.RelaySocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A relayed UDP address. Confined to the loop's thread. */
final class UdpRelaySocket implements RelaySocket, Ready, DatagramPort.Receiver {
    private final DatagramPort port;
    private final InetSocketAddress address;
    private final RelayLoop loop;
    private final Runnable onClose;
    private Allocation allocation;

    UdpRelaySocket(DatagramPort port, InetSocketAddress address, RelayLoop loop, Runnable onClose) {
        this.port = port;
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
        port.receive(this, now);
    }

    @Override
    public void received(ByteBuffer datagram, InetSocketAddress peer, Moment now) {
        if (allocation != null) {
            // Datagrams between two of these ports need no room around them.
            ByteBuffer data = allocation.path().leg() == Leg.UDP ? datagram : port.withRoom(datagram);
            loop.server().fromPeer(allocation, data, peer, now);
        }
    }

    @Override
    public void send(ByteBuffer data, InetSocketAddress peer) {
        port.send(data, peer);
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
        Channels.close(port);
        onClose.run();
    }
}
