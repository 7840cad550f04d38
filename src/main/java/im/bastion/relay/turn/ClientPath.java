// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.DataIndication;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The way between the server and one client: what RFC 8656 §2 calls the 5-tuple. Holds the allocation that belongs to it, so
 * a packet's allocation is found with its path. Confined to its server's thread.
 */
public abstract class ClientPath {
    private Allocation allocation;

    /** Where the client is. */
    public abstract InetSocketAddress address();

    /** What carries it. */
    public abstract Leg leg();

    /** Sends a message, or drops it when the system takes no more; a stream ends then. */
    protected abstract void send(ByteBuffer message);

    /**
     * Sends data of a channel.
     *
     * @param data with {@link ChannelData#HEADER_BYTES} bytes before it and {@link DataIndication#TAILROOM} behind
     */
    protected void sendOnChannel(int number, ByteBuffer data) {
        ChannelData.wrap(data, number);
        send(data);
    }

    /**
     * Sends data of a peer that has no channel, as a Data indication.
     *
     * @param address the peer's, four or sixteen bytes
     * @param id any number that differs from the last one's
     * @param data with {@link DataIndication#MAX_HEADROOM} bytes before it and {@link DataIndication#TAILROOM} behind
     */
    protected void sendFrom(byte[] address, int port, long id, ByteBuffer data) {
        DataIndication.wrap(data, address, port, id);
        send(data);
    }

    /**
     * Makes a stream carry, behind the answer to the request at hand, nothing but the bytes of that peer and for it (RFC 6062
     * §5.4). Called for streams alone.
     */
    protected void join(PeerStream peer) {
        throw new IllegalStateException(leg() + " is no stream");
    }

    /**
     * The way to the same client from another address or port of the server (RFC 5780 §7.2), or null where the server has no
     * such or does not offer it.
     */
    protected Discovery discovery() {
        return null;
    }

    /** Called when the path gets its allocation: it must be found again with the client's next packet. */
    protected void kept() {}

    /** Called when the path has lost its allocation. */
    protected void released() {}

    /** The allocation, if it is alive, or null. */
    final Allocation allocation(Moment now) {
        return allocation != null && allocation.isAlive(now) ? allocation : null;
    }

    /** The allocation, alive or not, or null. */
    final Allocation attached() {
        return allocation;
    }

    final void attach(Allocation owned) {
        allocation = owned;
        kept();
    }

    /** Lets go of that allocation; when it has another one meanwhile, it keeps it. */
    final void detach(Allocation ended) {
        if (allocation == ended) {
            allocation = null;
            released();
        }
    }
}
