// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.curve;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The two ways in which identity keys sign. A key of small order, under which anybody can sign, verifies nothing. */
public final class Signatures {
    /** The length of a signature, in bytes. */
    public static final int BYTES = 64;

    private static final int SIGN_BIT = 0x80;

    private Signatures() {}

    /**
     * Ed25519 (RFC 8032 §5.1.7).
     *
     * @param key 32 bytes
     * @param signature 64 bytes
     */
    public static boolean ed25519(byte[] key, byte[] message, byte[] signature) {
        byte[] publicKey = Curve25519.requireLength(key, Curve25519.BYTES);
        byte[] checked = Curve25519.requireLength(signature, BYTES);
        byte[] u = Curve25519.ofEdwards(publicKey);
        return u != null
                && !Curve25519.isSmallOrder(u)
                && Ed25519.verify(checked, 0, publicKey, 0, message, 0, message.length);
    }

    /**
     * XEdDSA (Signal, revision 1) as clients speak it: the sign of the Edwards key, which a u-coordinate does not tell,
     * travels in the highest bit of the signature.
     *
     * @param u 32 bytes, without type byte
     * @param signature 64 bytes
     */
    public static boolean xeddsa(byte[] u, byte[] message, byte[] signature) {
        byte[] checked = Curve25519.requireLength(signature, BYTES);
        boolean negative = (checked[BYTES - 1] & SIGN_BIT) != 0;
        byte[] key = Curve25519.toEdwards(Curve25519.requireLength(u, Curve25519.BYTES), negative);
        if (key == null) {
            return false;
        }
        checked[BYTES - 1] &= (byte) ~SIGN_BIT;
        return ed25519(key, message, checked);
    }

    /** Whether 32 bytes are the canonical encoding of a point of Ed25519 (RFC 8032 §5.1.3). */
    public static boolean isEd25519Key(byte[] key) {
        return Ed25519.validatePublicKeyPartial(Curve25519.requireLength(key, Curve25519.BYTES), 0);
    }
}
