// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;

/** What the publisher's account has published before. Asked on the stanza path: answers from memory. */
public interface KnownKeys {
    /** Of an account that has published nothing. */
    KnownKeys NONE = new KnownKeys() {
        @Override
        public KeyBytes identityKey(OmemoGeneration generation, int device) {
            return null;
        }

        @Override
        public int otherDeviceWith(IdentityKey key, int device) {
            return 0;
        }
    };

    /** The device's identity key as its last bundle of that generation has it; null when there is none, or none known. */
    KeyBytes identityKey(OmemoGeneration generation, int device);

    /** Another device of the account with that key, or 0. */
    int otherDeviceWith(IdentityKey key, int device);
}
