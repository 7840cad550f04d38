// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Signatures;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Severity;
import java.util.Arrays;

/** The identity key has signed the signed prekey as published: with its type byte in the legacy generation. */
final class SignedPreKeySignatureCheck extends BundleCheck {
    SignedPreKeySignatureCheck() {
        super("omemo.signed-prekey-signature", Citations.BUNDLE, Severity.ERROR);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        return !BundleKeys.haveTheirLengths(bundle) || verifies(bundle)
                ? null
                : new Finding(
                        names.signature(),
                        "is not a signature of " + names.signedPreKey() + " by " + names.identityKey());
    }

    private static boolean verifies(Bundle bundle) {
        byte[] identity = bundle.identityKey().toArray();
        byte[] signed = bundle.signedPreKey().toArray();
        byte[] signature = bundle.signature().toArray();
        return bundle.generation() == OmemoGeneration.LEGACY
                ? Signatures.xeddsa(Arrays.copyOfRange(identity, 1, identity.length), signed, signature)
                : Signatures.ed25519(identity, signed, signature);
    }
}
