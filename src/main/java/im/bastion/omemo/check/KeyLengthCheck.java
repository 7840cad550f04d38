// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.curve.Signatures;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.FieldNames;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.policy.Severity;

/**
 * The identity key and the signed prekey have their generation's length, and the signature 64 bytes. Some libraries cut
 * longer keys silently, others refuse them.
 */
final class KeyLengthCheck extends BundleCheck {
    KeyLengthCheck() {
        super("omemo.key-length", Citations.BUNDLE, Severity.ERROR);
    }

    @Override
    Finding finding(PublishedItem item, Bundle bundle, FieldNames names) {
        int bytes = bundle.generation().keyBytes();
        Finding found = finding(names.identityKey(), bundle.identityKey(), bytes);
        if (found == null) {
            found = finding(names.signedPreKey(), bundle.signedPreKey(), bytes);
        }
        return found != null ? found : finding(names.signature(), bundle.signature(), Signatures.BYTES);
    }

    private static Finding finding(String field, KeyBytes key, int bytes) {
        return key.length() == bytes ? null : new Finding(field, "has " + key + " instead of " + bytes);
    }
}
