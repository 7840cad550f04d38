// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;

/**
 * About how many different users there were, without keeping who: linear counting in 2,048 bits, good to some percent up to
 * 2,000 users and a lower bound beyond 10,000. Sketches of several days add up to that of all of them. Immutable.
 */
public final class UserSketch {
    static final int BITS = 2_048;
    public static final UserSketch NOBODY = new UserSketch(new BitSet());

    private final BitSet bits;

    private UserSketch(BitSet bits) {
        this.bits = bits;
    }

    /** @param words as {@link BitSet#toLongArray()} writes them */
    static UserSketch of(long[] words) {
        return new UserSketch(BitSet.valueOf(Arrays.copyOf(words, BITS / Long.SIZE)));
    }

    /** The bit for a user. */
    static int bit(String user) {
        // The finalizer of MurmurHash3: names that differ in one letter must land as if by chance, not evenly.
        int hash = user.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return (hash ^ (hash >>> 16)) & (BITS - 1);
    }

    /** The users of either. */
    public UserSketch with(UserSketch other) {
        BitSet both = (BitSet) bits.clone();
        both.or(other.bits);
        return new UserSketch(both);
    }

    /** The estimate. */
    public long count() {
        int empty = BITS - bits.cardinality();
        return Math.round(BITS * Math.log((double) BITS / Math.max(1, empty)));
    }

    String text() {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    /** @throws IllegalArgumentException when the text is not what {@link #text} writes */
    static UserSketch of(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length > BITS / Byte.SIZE) {
            throw new IllegalArgumentException("A sketch has " + BITS + " bits");
        }
        return new UserSketch(BitSet.valueOf(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserSketch sketch && bits.equals(sketch.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }
}
