// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.ClientPath;
import im.bastion.relay.turn.Discovery;
import im.bastion.relay.turn.Leg;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A client that sends datagrams to a listener. Known there as long as it has an allocation, else made for one packet. */
final class UdpPath extends ClientPath {
    private final UdpListener listener;
    private final InetSocketAddress address;

    UdpPath(UdpListener listener, InetSocketAddress address) {
        this.listener = listener;
        this.address = address;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Leg leg() {
        return Leg.UDP;
    }

    @Override
    protected void send(ByteBuffer message) {
        listener.send(message, address);
    }

    @Override
    protected void sendOnChannel(int number, ByteBuffer data) {
        listener.sendOnChannel(number, data, address);
    }

    @Override
    protected void sendFrom(byte[] peer, int port, long id, ByteBuffer data) {
        super.sendFrom(peer, port, id, listener.withRoom(data));
    }

    @Override
    protected Discovery discovery() {
        return listener.discovery(address);
    }

    @Override
    protected void kept() {
        listener.keep(this);
    }

    @Override
    protected void released() {
        listener.release(this);
    }
}
