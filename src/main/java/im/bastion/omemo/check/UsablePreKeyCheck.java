// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.policy.Severity;

/** There is at least one prekey that a session can be begun with. */
final class UsablePreKeyCheck extends BundleCheck {
    UsablePreKeyCheck() {
        super("omemo.usable-prekey", Citations.BUNDLE, Severity.ERROR);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        return bundle.preKeys().stream().anyMatch(preKey -> BundleKeys.isUsable(bundle.generation(), preKey.key()))
                ? null
                : new Finding(FieldNames.PRE_KEYS, "hold none that can be used");
    }
}
