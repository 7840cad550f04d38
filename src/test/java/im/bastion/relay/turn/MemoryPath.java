// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client without a network: remembers what it was sent. */
final class MemoryPath extends ClientPath {
    final Deque<ByteBuffer> received = new ArrayDeque<>();
    PeerStream joined;
    /** For tests that send very much. */
    boolean keepsNothing;

    Discovery discovery;
    private final InetSocketAddress address;
    private final Leg leg;

    MemoryPath(InetSocketAddress address, Leg leg) {
        this.address = address;
        this.leg = leg;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Leg leg() {
        return leg;
    }

    @Override
    protected void send(ByteBuffer message) {
        if (!keepsNothing) {
            received.add(ByteBuffer.allocate(message.remaining()).put(message).flip());
        }
    }

    @Override
    protected void join(PeerStream peer) {
        joined = peer;
    }

    @Override
    protected Discovery discovery() {
        return discovery;
    }
}
