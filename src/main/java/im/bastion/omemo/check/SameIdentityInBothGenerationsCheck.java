// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** A device that speaks both generations has one identity in two forms (RFC 7748 §4.1 maps one to the other). */
final class SameIdentityInBothGenerationsCheck extends BundleCheck {
    SameIdentityInBothGenerationsCheck() {
        super("omemo.same-identity-in-both-generations", new Citation("XEP-0384", "4.1"), Severity.WARNING);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        OmemoGeneration other =
                bundle.generation() == OmemoGeneration.LEGACY ? OmemoGeneration.OMEMO_2 : OmemoGeneration.LEGACY;
        KeyBytes known = item.device() == 0 ? null : item.known().identityKey(other, item.device());
        IdentityKey theirs = known == null ? null : IdentityKey.of(other, known);
        IdentityKey ours = IdentityKey.of(bundle.generation(), bundle.identityKey());
        return theirs == null || theirs.equals(ours)
                ? null
                : new Finding(names.identityKey(), "is not the key this device has in " + other.namespace());
    }
}
