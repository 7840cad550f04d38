// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.policy.Severity;

/** Every prekey can be used: a client that draws a bad one fails, and the next may succeed. */
final class PreKeyFormCheck extends BundleCheck {
    PreKeyFormCheck() {
        super("omemo.prekey-form", Citations.BUNDLE, Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        if (!bundle.oddities().isEmpty()) {
            return new Finding(names.preKey(), "entries are odd: " + String.join("; ", bundle.oddities()));
        }
        for (Bundle.PreKey preKey : bundle.preKeys()) {
            if (!BundleKeys.isUsable(bundle.generation(), preKey.key())) {
                return new Finding(names.preKey(), preKey.id() + " is no usable key (" + preKey.key() + ")");
            }
        }
        return null;
    }
}
