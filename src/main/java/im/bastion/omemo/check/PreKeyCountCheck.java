// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Severity;

/** A bundle has enough prekeys for contacts that begin sessions before the device is back: 20, since OMEMO 2 25. */
final class PreKeyCountCheck extends BundleCheck {
    PreKeyCountCheck() {
        super("omemo.prekey-count", Citations.BUNDLE, Severity.WARNING);
    }

    /** The fewest that a bundle of that generation must have. */
    static int least(OmemoGeneration generation) {
        return generation == OmemoGeneration.LEGACY ? 20 : 25;
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        int count = bundle.preKeys().size();
        int least = least(bundle.generation());
        return count >= least ? null : new Finding(FieldNames.PRE_KEYS, "are " + count + ", fewer than " + least);
    }
}
