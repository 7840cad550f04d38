// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.Arrays;

/**
 * The clear outer part of the message that begins a session: which prekeys of the receiver it uses, and the identity key
 * of the sender. Legacy: Signal's PreKeySignalMessage behind a version byte; OMEMO 2: OMEMOKeyExchange (XEP-0384 §5.6).
 * What is encrypted is not looked at.
 *
 * @param preKeyId of the receiver; -1 when none is named
 * @param signedPreKeyId of the receiver
 * @param identityKey of the sender, as published in that generation's bundles
 */
public record KeyExchange(OmemoGeneration generation, long preKeyId, long signedPreKeyId, KeyBytes identityKey) {
    /** Where no prekey is named. */
    public static final long NO_PRE_KEY = -1;

    private static final int MAX_BYTES = 16_384;
    private static final int MAX_FIELDS = 16;
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int LEGACY_VERSION = 3;

    /** The field numbers of a generation. */
    private record Numbers(int preKeyId, int signedPreKeyId, int identityKey) {
        private static final Numbers LEGACY = new Numbers(1, 6, 3);
        private static final Numbers OMEMO_2 = new Numbers(1, 2, 3);

        static Numbers of(OmemoGeneration generation) {
            return generation == OmemoGeneration.LEGACY ? LEGACY : OMEMO_2;
        }
    }

    /** Reads the bytes of a {@code <key/>} that says it is a key exchange; at most 16 KiB and 16 fields. */
    public static KeyExchange parse(OmemoGeneration generation, byte[] bytes) throws OmemoFormatException {
        boolean legacy = generation == OmemoGeneration.LEGACY;
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new OmemoFormatException("a key exchange has " + bytes.length + " bytes");
        }
        if (legacy && (bytes[0] >> 4 & 0x0F) != LEGACY_VERSION) {
            throw new OmemoFormatException("a key exchange is of another version");
        }
        return new Reader(bytes, legacy ? 1 : 0).read(generation, Numbers.of(generation));
    }

    /** Protocol buffers, as far as it takes to skip what is not wanted. */
    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes, int start) {
            this.bytes = bytes;
            this.at = start;
        }

        KeyExchange read(OmemoGeneration generation, Numbers numbers) throws OmemoFormatException {
            long preKeyId = NO_PRE_KEY;
            long signedPreKeyId = -1;
            KeyBytes identityKey = null;
            for (int fields = 0; at < bytes.length; fields++) {
                if (fields == MAX_FIELDS) {
                    throw new OmemoFormatException("a key exchange has too many fields");
                }
                long tag = varint();
                int number = (int) (tag >>> 3);
                switch ((int) (tag & 7)) {
                    case VARINT -> {
                        long value = varint();
                        if (number == numbers.preKeyId()) {
                            preKeyId = value & 0xFFFF_FFFFL;
                        } else if (number == numbers.signedPreKeyId()) {
                            signedPreKeyId = value & 0xFFFF_FFFFL;
                        }
                    }
                    case BYTES -> {
                        byte[] value = block();
                        if (number == numbers.identityKey()) {
                            identityKey = KeyBytes.of(value);
                        }
                    }
                    default -> throw new OmemoFormatException("a key exchange has a field of another type");
                }
            }
            if (identityKey == null || signedPreKeyId < 0) {
                throw new OmemoFormatException("a key exchange names no identity key or no signed prekey");
            }
            return new KeyExchange(generation, preKeyId, signedPreKeyId, identityKey);
        }

        private long varint() throws OmemoFormatException {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (at == bytes.length) {
                    break;
                }
                byte next = bytes[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new OmemoFormatException("a key exchange ends within a number");
        }

        private byte[] block() throws OmemoFormatException {
            long length = varint();
            if (length < 0 || length > bytes.length - at) {
                throw new OmemoFormatException("a key exchange ends within a field");
            }
            byte[] block = Arrays.copyOfRange(bytes, at, at + (int) length);
            at += (int) length;
            return block;
        }
    }
}
