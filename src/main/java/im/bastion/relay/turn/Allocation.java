// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.TransactionId;
import java.net.InetSocketAddress;

/** One relayed transport address and what its client may do with it (RFC 8656 §2.2). Confined to its server's thread. */
public final class Allocation {
    /** How long an allocation may be kept with a credential that has expired since. */
    private static final long GRACE_SECONDS = 6 * 3_600L;

    private final InetSocketAddress client;
    private final AuthenticatedUser owner;
    private final TransactionId openedBy;
    private final RelaySocket socket;
    private final Moment opened;
    private final Permissions permissions = new Permissions();
    private final ChannelBindings channels = new ChannelBindings();
    private final PeerCache recentPeers = new PeerCache();
    private long deadlineNanos;

    /** An allocation for the one who sent the request, alive for so many seconds. */
    Allocation(TurnRequest request, RelaySocket socket, long lifetimeSeconds) {
        this.client = request.client();
        this.owner = request.user();
        this.openedBy = request.message().transactionId();
        this.socket = socket;
        this.opened = request.now();
        keepFor(lifetimeSeconds, request.now());
    }

    /** Where the client is. */
    public InetSocketAddress client() {
        return client;
    }

    AuthenticatedUser owner() {
        return owner;
    }

    /** The request that made it, which its client may repeat. */
    TransactionId openedBy() {
        return openedBy;
    }

    /** Whether it is young enough to be kept though its credential may have expired. */
    boolean isWithinGrace(Moment now) {
        return now.isBefore(opened.nanosIn(GRACE_SECONDS));
    }

    RelaySocket socket() {
        return socket;
    }

    AddressFamily family() {
        return AddressFamily.of(socket.address().getAddress());
    }

    Permissions permissions() {
        return permissions;
    }

    ChannelBindings channels() {
        return channels;
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
