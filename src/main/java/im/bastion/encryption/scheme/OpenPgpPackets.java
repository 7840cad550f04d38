// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

/**
 * The outer packets of an OpenPGP message (RFC 9580 §4 and §10.3), read just far enough to tell an encrypted one from one
 * that is signed alone. At most {@link #MAX_PACKETS}.
 */
final class OpenPgpPackets {
    /** One for each recipient's key, and the data: more recipients than any room has. */
    static final int MAX_PACKETS = 4_096;

    private static final int PUBLIC_KEY_SESSION_KEY = 1;
    private static final int SIGNATURE = 2;
    private static final int PASSWORD_SESSION_KEY = 3;
    private static final int ONE_PASS_SIGNATURE = 4;
    private static final int COMPRESSED = 8;
    private static final int ENCRYPTED = 9;
    private static final int MARKER = 10;
    private static final int LITERAL = 11;
    private static final int ENCRYPTED_AND_PROTECTED = 18;
    private static final int AEAD_ENCRYPTED = 20;
    private static final int PADDING = 21;

    private final byte[] bytes;
    private int at;
    private boolean partial;

    private OpenPgpPackets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** PROVEN, READABLE or HOLLOW. */
    static Proof look(byte[] message) {
        try {
            return new OpenPgpPackets(message).look();
        } catch (ArrayIndexOutOfBoundsException e) {
            // Cut off in the middle of a packet.
            return Proof.HOLLOW;
        }
    }

    private Proof look() {
        boolean hasKey = false;
        for (int packets = 0; packets < MAX_PACKETS && at < bytes.length; packets++) {
            int tag = readHeader();
            switch (tag) {
                case PUBLIC_KEY_SESSION_KEY, PASSWORD_SESSION_KEY -> hasKey = true;
                case MARKER, PADDING -> {}
                case ENCRYPTED, ENCRYPTED_AND_PROTECTED, AEAD_ENCRYPTED -> {
                    return hasKey && at == bytes.length ? Proof.PROVEN : Proof.HOLLOW;
                }
                case SIGNATURE, ONE_PASS_SIGNATURE, COMPRESSED, LITERAL -> {
                    return Proof.READABLE;
                }
                default -> {
                    return Proof.HOLLOW;
                }
            }
        }
        return Proof.HOLLOW;
    }

    /** Reads a packet's header (RFC 9580 §4.2) and moves behind its body. */
    private int readHeader() {
        int first = next();
        if ((first & 0x80) == 0) {
            return -1;
        }
        if ((first & 0x40) == 0) {
            skip(oldLength(first & 3));
            return (first >> 2) & 0xF;
        }
        do {
            skip(newLength());
        } while (partial);
        return first & 0x3F;
    }

    private long oldLength(int type) {
        return switch (type) {
            case 0 -> next();
            case 1 -> number(2);
            case 2 -> number(4);
            default -> bytes.length - at;
        };
    }

    private long newLength() {
        int first = next();
        partial = first >= 224 && first < 255;
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192L) << 8) + next() + 192;
        }
        return partial ? 1L << (first & 0x1F) : number(4);
    }

    private long number(int octets) {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    private int next() {
        return bytes[at++] & 0xFF;
    }

    private void skip(long length) {
        if (length > bytes.length - at) {
            throw new ArrayIndexOutOfBoundsException("a packet is cut off");
        }
        at += (int) length;
    }
}
