// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Reads Send indications (RFC 8656 §11.2) in place, one after the other, without making an object. Not thread-safe. The
 * getters tell of the last datagram for which {@link #read} was true, while its buffer is untouched.
 */
public final class SendIndication {
    private static final int TYPE = StunMethod.messageType(StunMethod.SEND, StunClass.INDICATION);
    private static final int NONE = -1;
    /** The upper half of the low word of ::ffff:0:0/96. */
    private static final long MAPPED = 0xFFFFL << 32;

    private final AttributeCursor cursor = new AttributeCursor();
    private final boolean knowsDontFragment;
    private ByteBuffer datagram;
    private AddressFamily family;
    private int peerAt;
    private int dataAt;
    private int dataLength;
    private boolean unfragmented;

    /** @param knowsDontFragment whether DONT-FRAGMENT can be obeyed; else an indication with it is refused */
    public SendIndication(boolean knowsDontFragment) {
        this.knowsDontFragment = knowsDontFragment;
    }

    /** Whether the datagram, which is STUN, is of this type. */
    public static boolean isSend(ByteBuffer datagram) {
        return (datagram.getShort(datagram.position()) & 0xFFFF) == TYPE;
    }

    /** Whether it is well-formed, has a peer address and data, and nothing in it must be understood and is not. */
    public boolean read(ByteBuffer message) {
        datagram = message;
        peerAt = NONE;
        dataAt = NONE;
        unfragmented = false;
        if (!cursor.open(message)) {
            return false;
        }
        for (int seen = 0; !cursor.atEnd(); seen++) {
            if (seen == StunMessage.MAX_ATTRIBUTES || !cursor.advance() || !takeAttribute()) {
                return false;
            }
        }
        return peerAt != NONE && dataAt != NONE;
    }

    private boolean takeAttribute() {
        return switch (cursor.type()) {
            case AttributeType.XOR_PEER_ADDRESS -> peerAt != NONE || takePeer();
            case AttributeType.DATA -> dataAt != NONE || takeData();
            case AttributeType.DONT_FRAGMENT -> takeDontFragment();
            case AttributeType.FINGERPRINT -> Fingerprint.matches(datagram, cursor);
            default -> !AttributeType.isComprehensionRequired(cursor.type());
        };
    }

    private boolean takePeer() {
        peerAt = cursor.valueStart();
        family = cursor.length() < 4 ? null : AddressFamily.ofNumber(datagram.get(peerAt + 1) & 0xFF);
        return family != null && cursor.length() == 4 + family.bytes();
    }

    private boolean takeData() {
        dataAt = cursor.valueStart();
        dataLength = cursor.length();
        return true;
    }

    private boolean takeDontFragment() {
        unfragmented = true;
        return knowsDontFragment;
    }

    /** Whether the data must not be fragmented on its way to the peer. */
    public boolean isUnfragmented() {
        return unfragmented;
    }

    /** The first half of the peer's address as IPv6; an IPv4 address counts as mapped (::ffff:0:0/96). */
    public long peerHigh() {
        return family == AddressFamily.IPV4 ? 0 : words(0);
    }

    /** The second half. */
    public long peerLow() {
        return family == AddressFamily.IPV4 ? MAPPED | word(0) : words(2);
    }

    public int peerPort() {
        return XorAddressAttribute.port(datagram, peerAt);
    }

    /** The peer as an object, newly made. */
    public InetSocketAddress peer() {
        return XorAddressAttribute.read(datagram, peerAt, family, id());
    }

    /** Narrows the buffer to the data; the getters above are void from here on. */
    public void narrow() {
        datagram.limit(dataAt + dataLength).position(dataAt);
    }

    private long words(int first) {
        return word(first) << 32 | word(first + 1);
    }

    private long word(int index) {
        // The pad is the cookie and the transaction id, which lie side by side in the header.
        int pad = datagram.getInt(datagram.position() + 4 + 4 * index);
        return (datagram.getInt(peerAt + 4 + 4 * index) ^ pad) & 0xFFFF_FFFFL;
    }

    private TransactionId id() {
        return TransactionId.at(datagram, datagram.position() + 8);
    }
}
