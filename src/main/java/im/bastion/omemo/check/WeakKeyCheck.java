// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Curve25519;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/**
 * Neither the identity key nor the signed prekey is of small order: anybody could sign for the one, and everybody knows
 * the secret that is agreed on with the other. Not every library looks.
 */
final class WeakKeyCheck extends BundleCheck {
    WeakKeyCheck() {
        super("omemo.weak-key", new Citation("RFC 7748", "6.1"), Severity.ERROR);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        IdentityKey identity = IdentityKey.of(bundle.generation(), bundle.identityKey());
        if (identity != null && Curve25519.isSmallOrder(identity.u().toArray())) {
            return new Finding(names.identityKey(), "is a point of small order");
        }
        byte[] signed = BundleKeys.point(bundle.generation(), bundle.signedPreKey());
        return signed != null && Curve25519.isSmallOrder(signed)
                ? new Finding(names.signedPreKey(), "is a point of small order")
                : null;
    }
}
