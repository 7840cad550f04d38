// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One or two relayed transport addresses, of different families, and what their client may do with them (RFC 8656 §2.2).
 * Confined to its server's thread.
 */
public final class Allocation {
    /** How long an allocation may be kept with a credential that has expired since. */
    private static final long GRACE_SECONDS = 6 * 3_600L;

    private final AuthenticatedUser owner;
    private final TransactionId openedBy;
    private final Moment opened;
    private final Map<AddressFamily, RelaySocket> sockets = new EnumMap<>(AddressFamily.class);
    private final RelayedTcp tcp;
    /** Peers that a TCP allocation is connected to or is connecting to. */
    private final Set<InetSocketAddress> connections = new HashSet<>();

    private final Permissions permissions = new Permissions();
    private final ChannelBindings channels = new ChannelBindings();
    private final PeerCache recentPeers = new PeerCache();
    private final SourceKey source;
    private Meter userMeter = new Meter(0);
    private Meter commonMeter = userMeter;
    private ClientPath path;
    private AllocationTraffic traffic;
    private long deadlineNanos;

    /** An allocation for the one who sent the request, alive for so many seconds. */
    Allocation(TurnRequest request, List<RelaySocket> opened, long lifetimeSeconds) {
        this(request, opened, null, lifetimeSeconds);
    }

    /** An allocation of a relayed TCP address (RFC 6062). */
    Allocation(TurnRequest request, RelayedTcp tcp, long lifetimeSeconds) {
        this(request, List.of(), tcp, lifetimeSeconds);
    }

    private Allocation(TurnRequest request, List<RelaySocket> opened, RelayedTcp tcp, long lifetimeSeconds) {
        this.tcp = tcp;
        this.path = request.path();
        this.source = SourceKey.of(request.client().getAddress());
        this.owner = request.user();
        this.openedBy = request.message().transactionId();
        this.opened = request.now();
        opened.forEach(socket -> sockets.put(AddressFamily.of(socket.address().getAddress()), socket));
        keepFor(lifetimeSeconds, request.now());
    }

    /** The way to its client. */
    public ClientPath path() {
        return path;
    }

    /** Goes on over another way (RFC 8016). */
    void moveTo(ClientPath other) {
        path.detach(this);
        path = other;
        traffic.movedTo(other);
        other.attach(this);
    }

    AuthenticatedUser owner() {
        return owner;
    }

    /** The request that made it, which its client may repeat. */
    TransactionId openedBy() {
        return openedBy;
    }

    /** Where it was opened from; its place in the quota stays there when it moves. */
    SourceKey source() {
        return source;
    }

    /** Has what it relays counted there. */
    void measure(Meter user, Meter all) {
        userMeter = user;
        commonMeter = all;
    }

    /** Whether so many bytes more may be relayed now. */
    boolean mayRelay(int bytes, Moment now) {
        return userMeter.pass(bytes, now) && commonMeter.pass(bytes, now);
    }

    /** Has itself seen from outside. */
    void showIn(LiveAllocations live) {
        traffic = live.open(this, opened);
    }

    /** What is seen of it from outside. */
    AllocationTraffic traffic() {
        return traffic;
    }

    /** Counts bytes relayed between connections; false when more must wait. */
    public boolean relayed(boolean toPeer, int bytes, Moment now) {
        traffic.stream(toPeer, bytes);
        boolean user = userMeter.charge(bytes, now);
        boolean common = commonMeter.charge(bytes, now);
        return user && common;
    }

    /** Whether that is one of its own relayed addresses, to which sending would be a loop. */
    boolean isOwn(InetSocketAddress peer) {
        RelaySocket socket = sockets.get(AddressFamily.of(peer.getAddress()));
        return socket != null && socket.address().equals(peer);
    }

    /** Whether it is young enough to be kept though its credential may have expired. */
    boolean isWithinGrace(Moment now) {
        return now.isBefore(opened.nanosIn(GRACE_SECONDS));
    }

    /** The relayed address of that family, or null. */
    RelaySocket socket(AddressFamily family) {
        return sockets.get(family);
    }

    /** The relayed TCP address, or null when this is an allocation for UDP. */
    RelayedTcp tcp() {
        return tcp;
    }

    /** Whether it has a relayed address of that family. */
    boolean serves(AddressFamily family) {
        return tcp == null
                ? sockets.containsKey(family)
                : AddressFamily.of(tcp.address().getAddress()) == family;
    }

    /** The relayed addresses, IPv4 first. */
    List<InetSocketAddress> relayed() {
        return tcp == null ? sockets.values().stream().map(RelaySocket::address).toList() : List.of(tcp.address());
    }

    /** How many relayed addresses it has. */
    int size() {
        return tcp == null ? sockets.size() : 1;
    }

    /** Begins to take what peers send. */
    void serve() {
        sockets.values().forEach(socket -> socket.serve(this));
        if (tcp != null) {
            tcp.serve(this);
        }
    }

    /** Frees all its addresses. */
    void close() {
        sockets.values().forEach(RelaySocket::close);
        if (tcp != null) {
            tcp.close();
        }
    }

    /** Notes a connection to the peer; false when there is one already (RFC 6062 §5.2). */
    boolean connecting(InetSocketAddress peer) {
        return connections.add(peer);
    }

    int connections() {
        return connections.size();
    }

    /** The connection to the peer is no more. */
    public void disconnected(InetSocketAddress peer) {
        connections.remove(peer);
    }

    /** Frees the relayed address of one family (RFC 8656 §8.2), and tells which it was. */
    InetSocketAddress drop(AddressFamily family) {
        RelaySocket dropped = sockets.remove(family);
        dropped.close();
        return dropped.address();
    }

    Permissions permissions() {
        return permissions;
    }

    ChannelBindings channels() {
        return channels;
    }

    /** Takes back the permissions for these addresses, and the channels to them. */
    void withdraw(Predicate<InetAddress> which) {
        permissions.withdraw(which);
        channels.withdraw(which);
    }

    PeerCache recentPeers() {
        return recentPeers;
    }

    void keepFor(long seconds, Moment now) {
        deadlineNanos = now.nanosIn(seconds);
    }

    boolean isAlive(Moment now) {
        return now.isBefore(deadlineNanos);
    }

    /** How much of its life is left, rounded down. */
    long secondsLeft(Moment now) {
        return (deadlineNanos - now.nanos()) / 1_000_000_000L;
    }
}
