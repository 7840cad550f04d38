// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** The identity key of a device never changes: another one under the same id looks like an attack to contacts. */
final class IdentityUnchangedCheck extends BundleCheck {
    IdentityUnchangedCheck() {
        super("omemo.identity-unchanged", new Citation("XEP-0384", "4.1"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        KeyBytes before = item.device() == 0 ? null : item.known().identityKey(bundle.generation(), item.device());
        return before == null || before.equals(bundle.identityKey())
                ? null
                : new Finding(names.identityKey(), "is not the one this device had before");
    }
}
