// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Signatures;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Citation;
import im.bastion.policy.Severity;

/** The identity key of OMEMO 2 is a point of Ed25519, and not the Curve25519 key of the legacy generation. */
final class IdentityKeyOnCurveCheck extends BundleCheck {
    IdentityKeyOnCurveCheck() {
        super("omemo.identity-key-on-curve", new Citation("RFC 8032", "5.1.3"), Severity.ERROR);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        boolean applies = bundle.generation() != OmemoGeneration.LEGACY
                && bundle.identityKey().length() == bundle.generation().keyBytes();
        return applies && !Signatures.isEd25519Key(bundle.identityKey().toArray())
                ? new Finding(names.identityKey(), "is no point of Ed25519")
                : null;
    }
}
