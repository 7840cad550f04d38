// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.policy.Severity;
import java.util.HashSet;
import java.util.Set;

/** No two prekeys share an id or a key, and none is the signed prekey: one message that uses it would spend both. */
final class DistinctPreKeysCheck extends BundleCheck {
    DistinctPreKeysCheck() {
        super("omemo.distinct-prekeys", Citations.BUNDLE, Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        Set<Long> ids = new HashSet<>();
        Set<KeyBytes> keys = new HashSet<>();
        keys.add(bundle.signedPreKey());
        for (Bundle.PreKey preKey : bundle.preKeys()) {
            if (!ids.add(preKey.id())) {
                return new Finding(names.preKeyId(), preKey.id() + " of " + names.preKey() + " occurs twice");
            }
            if (!keys.add(preKey.key())) {
                return new Finding(names.preKey(), preKey.id() + " is the key of another, too");
            }
        }
        return null;
    }
}
