// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Curve25519;
import im.bastion.omemo.curve.Signatures;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.Arrays;

/** What several checks ask of keys. */
final class BundleKeys {
    /** The type byte of Curve25519 before each legacy key. */
    static final byte LEGACY_TYPE = 0x05;

    private BundleKeys() {}

    /** Whether identity key, signed prekey and signature have their lengths, so that arithmetic can be done with them. */
    static boolean haveTheirLengths(Bundle bundle) {
        int bytes = bundle.generation().keyBytes();
        return bundle.identityKey().length() == bytes
                && bundle.signedPreKey().length() == bytes
                && bundle.signature().length() == Signatures.BYTES;
    }

    /** The point of Curve25519 in a prekey, signed or not; null when length or type byte are wrong. */
    static byte[] point(OmemoGeneration generation, KeyBytes key) {
        if (key.length() != generation.keyBytes()) {
            return null;
        }
        byte[] bytes = key.toArray();
        if (generation != OmemoGeneration.LEGACY) {
            return bytes;
        }
        return bytes[0] == LEGACY_TYPE ? Arrays.copyOfRange(bytes, 1, bytes.length) : null;
    }

    /** Whether a session can be begun with the prekey. */
    static boolean isUsable(OmemoGeneration generation, KeyBytes key) {
        byte[] point = point(generation, key);
        return point != null && !Curve25519.isSmallOrder(point);
    }
}
