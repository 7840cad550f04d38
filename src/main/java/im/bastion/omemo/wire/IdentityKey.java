// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import im.bastion.omemo.curve.Curve25519;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A device's long-term key in the one form that both generations share: the u-coordinate of Curve25519, of which clients
 * show the fingerprint.
 *
 * @param u 32 bytes
 */
public record IdentityKey(KeyBytes u) {
    private static final int GROUP = 8;

    /** The key as a bundle has it: a type byte and u, or Ed25519; null when it has another length or no u. */
    public static IdentityKey of(OmemoGeneration generation, KeyBytes published) {
        if (published.length() != generation.keyBytes()) {
            return null;
        }
        byte[] bytes = published.toArray();
        byte[] u = generation == OmemoGeneration.LEGACY
                ? Arrays.copyOfRange(bytes, 1, bytes.length)
                : Curve25519.ofEdwards(bytes);
        return u == null ? null : new IdentityKey(KeyBytes.of(u));
    }

    /** 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(u.toArray());
    }

    /** The digits in eight groups, as clients show them. */
    public String fingerprint() {
        return hex().replaceAll("(.{" + GROUP + "})(?=.)", "$1 ");
    }
}
