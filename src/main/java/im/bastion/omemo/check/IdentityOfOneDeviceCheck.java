// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** An identity key belongs to one device: two with the same are a copied or restored client, and lose messages. */
final class IdentityOfOneDeviceCheck extends BundleCheck {
    IdentityOfOneDeviceCheck() {
        super("omemo.identity-of-one-device", new Citation("XEP-0384", "4.1"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        IdentityKey key = IdentityKey.of(bundle.generation(), bundle.identityKey());
        int other = key == null || item.device() == 0 ? 0 : item.known().otherDeviceWith(key, item.device());
        return other == 0 ? null : new Finding(names.identityKey(), "is the key of device " + other + ", too");
    }
}
