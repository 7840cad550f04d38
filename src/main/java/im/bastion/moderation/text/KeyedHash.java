// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes texts with a key that nobody outside knows, so that nobody can make two with the same hash: SipHash-2-4
 * (Aumasson, Bernstein 2012) over UTF-16 units, four at a time. Immutable.
 */
public final class KeyedHash {
    private final long k0;
    private final long k1;

    /** With a random key, for this run of the server. */
    public KeyedHash() {
        this(ThreadLocalRandom.current().nextLong(), ThreadLocalRandom.current().nextLong());
    }

    KeyedHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /** The hash of both texts, one after the other; a text's end counts. */
    public long of(CharSequence first, CharSequence second) {
        return new State().feed(first).feed(second).hash();
    }

    /** The hash of the text. */
    public long of(CharSequence text) {
        return new State().feed(text).hash();
    }

    private final class State {
        private long v0 = k0 ^ 0x736F6D6570736575L;
        private long v1 = k1 ^ 0x646F72616E646F6DL;
        private long v2 = k0 ^ 0x6C7967656E657261L;
        private long v3 = k1 ^ 0x7465646279746573L;

        State feed(CharSequence text) {
            long word = 0;
            int length = text.length();
            for (int i = 0; i < length; i++) {
                word |= (long) text.charAt(i) << (i % 4 * 16);
                if (i % 4 == 3) {
                    compress(word);
                    word = 0;
                }
            }
            compress(word);
            compress(length);
            return this;
        }

        long hash() {
            v2 ^= 0xFF;
            for (int i = 0; i < 4; i++) {
                round();
            }
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void compress(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
