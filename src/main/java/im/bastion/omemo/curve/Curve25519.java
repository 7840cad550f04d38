// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.curve;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;

/**
 * Points of Curve25519 as 32 bytes (RFC 7748 §5): u-coordinates in little-endian order, of which bit 255 does not count.
 * All keys here are public, so that nothing needs constant time.
 */
public final class Curve25519 {
    /** The length of an encoded point, in bytes. */
    public static final int BYTES = 32;

    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ONE = BigInteger.ONE;

    /** The u-coordinates of order 1, 2, 4 and 8, on the curve and on its twist: a shared secret with them is no secret. */
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ZERO,
            ONE,
            P.subtract(ONE),
            new BigInteger("325606250916557431795983626356110631294008115727848805560023387167927233504"),
            new BigInteger("39382357235489614581723060781553021112529911719440698176882885853963445705823"));

    private Curve25519() {}

    /** Whether the encoding is the only right one: a number below the prime, with bit 255 clear. */
    public static boolean isCanonical(byte[] u) {
        return u[BYTES - 1] >= 0 && number(u).compareTo(P) < 0;
    }

    /** Whether the point, however encoded, generates a group of at most eight elements. */
    public static boolean isSmallOrder(byte[] u) {
        return SMALL_ORDER.contains(number(u).mod(P));
    }

    /** The u-coordinate of an Ed25519 public key (RFC 7748 §4.1); null for the neutral element, which has none. */
    public static byte[] ofEdwards(byte[] key) {
        BigInteger y = number(key).mod(P);
        BigInteger denominator = ONE.subtract(y).mod(P);
        return denominator.signum() == 0
                ? null
                : encode(ONE.add(y).multiply(denominator.modInverse(P)).mod(P));
    }

    /** The Ed25519 public key with that u-coordinate and sign; null for u = -1, which has none. May not be on the curve. */
    public static byte[] toEdwards(byte[] u, boolean negative) {
        BigInteger value = number(u).mod(P);
        BigInteger denominator = value.add(ONE).mod(P);
        if (denominator.signum() == 0) {
            return null;
        }
        byte[] key =
                encode(value.subtract(ONE).multiply(denominator.modInverse(P)).mod(P));
        if (negative) {
            key[BYTES - 1] |= (byte) 0x80;
        }
        return key;
    }

    /** Little-endian, without bit 255. */
    private static BigInteger number(byte[] encoded) {
        byte[] bigEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bigEndian[i] = encoded[BYTES - 1 - i];
        }
        bigEndian[0] &= 0x7F;
        return new BigInteger(1, bigEndian);
    }

    private static byte[] encode(BigInteger value) {
        byte[] bigEndian = value.toByteArray();
        byte[] encoded = new byte[BYTES];
        for (int i = 0; i < Math.min(bigEndian.length, BYTES); i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return encoded;
    }

    static byte[] requireLength(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(length + " bytes are needed, not " + bytes.length);
        }
        return Arrays.copyOf(bytes, length);
    }
}
