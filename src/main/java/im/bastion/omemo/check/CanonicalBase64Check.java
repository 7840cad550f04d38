// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** Base64 is padded and sets no bits that stand for nothing. Line breaks and spaces, which some clients send, are fine. */
final class CanonicalBase64Check extends BundleCheck {
    private static final String PROBLEM = "is not canonical base64";

    CanonicalBase64Check() {
        super("omemo.canonical-base64", new Citation("RFC 4648", "3.5"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        if (!bundle.identityKey().isCanonical()) {
            return new Finding(names.identityKey(), PROBLEM);
        }
        if (!bundle.signedPreKey().isCanonical()) {
            return new Finding(names.signedPreKey(), PROBLEM);
        }
        if (!bundle.signature().isCanonical()) {
            return new Finding(names.signature(), PROBLEM);
        }
        return bundle.preKeys().stream().allMatch(preKey -> preKey.key().isCanonical())
                ? null
                : new Finding(names.preKey(), PROBLEM);
    }
}
