// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.stun.AddressFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Relayed addresses of both families without a network: remembers what was sent where. */
final class MemoryRelaySockets implements RelaySockets {
    static final InetAddress IPV4 = IpLiteral.parse("198.51.100.1");
    static final InetAddress IPV6 = IpLiteral.parse("2a00::1");
    static final int MIN_PORT = 50_000;
    static final int MAX_PORT = 50_009;

    /** What went out to a peer. */
    record Sent(InetSocketAddress from, InetSocketAddress to, ByteBuffer data) {}

    /** For tests that send very much. */
    boolean keepsNothing;

    boolean canForbidFragments;
    int unfragmented;
    final List<MemoryRelayedTcp> tcp = new ArrayList<>();
    final List<InetSocketAddress> closed = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final Map<InetSocketAddress, Allocation> open = new HashMap<>();
    private final Map<AddressFamily, PortPool> pools = new EnumMap<>(AddressFamily.class);

    MemoryRelaySockets() {
        for (AddressFamily family : AddressFamily.values()) {
            pools.put(family, new PortPool(MIN_PORT, MAX_PORT, new Random(1)));
        }
    }

    @Override
    public boolean supports(AddressFamily family) {
        return pools.containsKey(family);
    }

    void doNotSupport(AddressFamily family) {
        pools.remove(family);
    }

    @Override
    public boolean canForbidFragments() {
        return canForbidFragments;
    }

    @Override
    public RelaySocket open(AddressFamily family, boolean evenPort, long nanos) {
        int port = pools.get(family).take(evenPort, nanos);
        return port == PortPool.NONE ? null : socket(family, port, nanos);
    }

    @Override
    public List<RelaySocket> openPair(AddressFamily family, long nanos) {
        int port = pools.get(family).takePair(nanos);
        return port == PortPool.NONE
                ? List.of()
                : List.of(socket(family, port, nanos), socket(family, port + 1, nanos));
    }

    @Override
    public RelayedTcp openTcp(AddressFamily family, long nanos) {
        MemoryRelayedTcp opened = new MemoryRelayedTcp(
                new InetSocketAddress(family == AddressFamily.IPV4 ? IPV4 : IPV6, MIN_PORT + tcp.size()));
        tcp.add(opened);
        return opened;
    }

    private RelaySocket socket(AddressFamily family, int port, long nanos) {
        InetSocketAddress address = new InetSocketAddress(family == AddressFamily.IPV4 ? IPV4 : IPV6, port);
        return new RelaySocket() {
            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public void serve(Allocation allocation) {
                if (open.put(address, allocation) != null) {
                    throw new AssertionError(address + " is booked twice");
                }
            }

            @Override
            public void send(ByteBuffer data, InetSocketAddress peer) {
                if (keepsNothing) {
                    return;
                }
                ByteBuffer copy =
                        ByteBuffer.allocate(data.remaining()).put(data).flip();
                sent.add(new Sent(address, peer, copy));
            }

            @Override
            public void sendUnfragmented(ByteBuffer data, InetSocketAddress peer) {
                unfragmented++;
                send(data, peer);
            }

            @Override
            public void close() {
                closed.add(address);
                open.remove(address);
                pools.get(family).release(address.getPort(), nanos);
            }
        };
    }
}
