// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.credential.TurnUser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * What of an allocation may be read while it lives, from any thread: whose it is, and what has gone through it. Its server's
 * thread counts in plain fields, so that counting costs it nothing more; readers see them a moment late.
 */
public final class AllocationTraffic {
    private final long id;
    private final TurnUser user;
    private final List<InetSocketAddress> relayed;
    private final long openedEpochSecond;
    private final RtpMeter toPeerRtp = new RtpMeter();
    private final RtpMeter toClientRtp = new RtpMeter();
    private volatile ClientPath path;
    private volatile Set<InetAddress> peers = Set.of();
    private long toPeerPackets;
    private long toPeerBytes;
    private long toClientPackets;
    private long toClientBytes;

    AllocationTraffic(long id, Allocation allocation, long openedEpochSecond) {
        this.id = id;
        this.user = allocation.owner().user();
        this.relayed = allocation.relayed();
        this.path = allocation.path();
        this.openedEpochSecond = openedEpochSecond;
    }

    /** One that no other allocation of this process has had. */
    public long id() {
        return id;
    }

    public TurnUser user() {
        return user;
    }

    /** Its relayed addresses when it began. */
    public List<InetSocketAddress> relayed() {
        return relayed;
    }

    public long openedEpochSecond() {
        return openedEpochSecond;
    }

    /** Where its client is now. */
    public InetSocketAddress client() {
        return path.address();
    }

    /** What carries the client now. */
    public Leg leg() {
        return path.leg();
    }

    /** Peers it has a permission for. */
    public Set<InetAddress> peers() {
        return peers;
    }

    public long toPeerPackets() {
        return toPeerPackets;
    }

    public long toPeerBytes() {
        return toPeerBytes;
    }

    public long toClientPackets() {
        return toClientPackets;
    }

    public long toClientBytes() {
        return toClientBytes;
    }

    /** What came from the client, as RTP. */
    public RtpMeter toPeerRtp() {
        return toPeerRtp;
    }

    /** What came from peers, as RTP. */
    public RtpMeter toClientRtp() {
        return toClientRtp;
    }

    void toPeer(ByteBuffer data, Moment now) {
        toPeerPackets++;
        toPeerBytes += data.remaining();
        toPeerRtp.take(data, now);
    }

    void toClient(ByteBuffer data, Moment now) {
        toClientPackets++;
        toClientBytes += data.remaining();
        toClientRtp.take(data, now);
    }

    /** Counts bytes of a TCP connection. */
    void stream(boolean toPeer, int bytes) {
        if (toPeer) {
            toPeerPackets++;
            toPeerBytes += bytes;
        } else {
            toClientPackets++;
            toClientBytes += bytes;
        }
    }

    void movedTo(ClientPath other) {
        path = other;
    }

    void permitted(Set<InetAddress> now) {
        if (!peers.equals(now)) {
            peers = Set.copyOf(now);
        }
    }
}
