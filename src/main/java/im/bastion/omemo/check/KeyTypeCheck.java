// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** The legacy identity key and signed prekey begin with the type byte of Curve25519: no library takes another. */
final class KeyTypeCheck extends BundleCheck {
    KeyTypeCheck() {
        super("omemo.key-type", new Citation("XEP-0384 0.3.0", "4.3"), Severity.ERROR);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        if (bundle.generation() != OmemoGeneration.LEGACY) {
            return null;
        }
        if (hasAnotherType(bundle.identityKey())) {
            return new Finding(names.identityKey(), "does not begin with the byte 0x05");
        }
        return hasAnotherType(bundle.signedPreKey())
                ? new Finding(names.signedPreKey(), "does not begin with the byte 0x05")
                : null;
    }

    private static boolean hasAnotherType(KeyBytes key) {
        return key.length() == OmemoGeneration.LEGACY.keyBytes() && key.toArray()[0] != BundleKeys.LEGACY_TYPE;
    }
}
