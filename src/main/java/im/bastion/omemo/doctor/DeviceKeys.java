// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import im.bastion.omemo.check.Judgement;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.IdentityKey;

/**
 * A device of an account as readers find it.
 *
 * @param label the user's words for it, or empty
 * @param listed whether it is on the list; else only its keys are there
 * @param bundle null when there is none, or none that can be read
 * @param judgement what the checks say about the bundle; null when there is none
 */
public record DeviceKeys(int id, String label, boolean listed, Bundle bundle, Judgement judgement) {
    /** The key whose fingerprint clients show; null when there is none. */
    public IdentityKey identity() {
        return bundle == null ? null : IdentityKey.of(bundle.generation(), bundle.identityKey());
    }

    /** Whether anybody can encrypt to it. */
    public boolean usable() {
        return judgement != null && judgement.usability() != Judgement.Usability.UNUSABLE;
    }
}
