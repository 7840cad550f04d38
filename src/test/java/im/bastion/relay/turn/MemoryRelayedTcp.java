// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** A relayed TCP address whose connections a test makes or fails. */
final class MemoryRelayedTcp implements RelayedTcp {
    final Map<InetSocketAddress, ConnectOutcome> connecting = new HashMap<>();
    Allocation allocation;
    boolean closed;
    private final InetSocketAddress address;

    MemoryRelayedTcp(InetSocketAddress address) {
        this.address = address;
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
    public void connect(InetSocketAddress peer, ConnectOutcome outcome) {
        connecting.put(peer, outcome);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** A connection with a peer. */
    static final class Stream implements PeerStream {
        private final InetSocketAddress peer;
        boolean closed;

        Stream(InetSocketAddress peer) {
            this.peer = peer;
        }

        @Override
        public InetSocketAddress peer() {
            return peer;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
