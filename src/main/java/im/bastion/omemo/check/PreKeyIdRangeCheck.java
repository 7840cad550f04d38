// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Severity;

/**
 * Ids of prekeys are 1 to 2^31-1; in the legacy generation, whose libraries use 24 bits, below 2^24. Converse begins at
 * 0, which some clients take for no prekey at all.
 */
final class PreKeyIdRangeCheck extends BundleCheck {
    private static final long LEGACY_MAX = 0xFF_FFFF;

    PreKeyIdRangeCheck() {
        super("omemo.prekey-id-range", Citations.BUNDLE, Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        long max = bundle.generation() == OmemoGeneration.LEGACY ? LEGACY_MAX : Integer.MAX_VALUE;
        if (isOutside(bundle.signedPreKeyId(), max)) {
            return new Finding(names.signedPreKeyId(), "of " + names.signedPreKey() + " is not 1 to " + max);
        }
        return bundle.preKeys().stream().anyMatch(preKey -> isOutside(preKey.id(), max))
                ? new Finding(names.preKeyId(), "of a " + names.preKey() + " is not 1 to " + max)
                : null;
    }

    private static boolean isOutside(long id, long max) {
        return id < 1 || id > max;
    }
}
