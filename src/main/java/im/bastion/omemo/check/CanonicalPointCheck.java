// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Curve25519;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/**
 * Points are numbers below the prime with bit 255 clear. RFC 7748 has others accepted, but the same key then has two
 * fingerprints.
 */
final class CanonicalPointCheck extends BundleCheck {
    private static final String PROBLEM = "is not the canonical form of its point";

    CanonicalPointCheck() {
        super("omemo.canonical-point", new Citation("RFC 7748", "5"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        OmemoGeneration generation = bundle.generation();
        if (generation == OmemoGeneration.LEGACY && isOther(generation, bundle.identityKey())) {
            return new Finding(names.identityKey(), PROBLEM);
        }
        if (isOther(generation, bundle.signedPreKey())) {
            return new Finding(names.signedPreKey(), PROBLEM);
        }
        return bundle.preKeys().stream().anyMatch(preKey -> isOther(generation, preKey.key()))
                ? new Finding(names.preKey(), PROBLEM)
                : null;
    }

    private static boolean isOther(OmemoGeneration generation, KeyBytes key) {
        byte[] point = BundleKeys.point(generation, key);
        return point != null && !Curve25519.isCanonical(point);
    }
}
