// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import org.dom4j.QName;

/** What a generation calls the parts of a bundle. */
record Names(
        OmemoGeneration generation,
        String signedPreKey,
        String signedPreKeyId,
        String signature,
        String identityKey,
        String preKey) {

    static Names of(OmemoGeneration generation) {
        return generation == OmemoGeneration.LEGACY
                ? new Names(
                        generation,
                        "signedPreKeyPublic",
                        "signedPreKeyId",
                        "signedPreKeySignature",
                        "identityKey",
                        "preKeyPublic")
                : new Names(generation, "spk", "id", "spks", "ik", "pk");
    }

    /** The attribute with a prekey's id. */
    String preKeyId() {
        return generation == OmemoGeneration.LEGACY ? "preKeyId" : "id";
    }

    QName qualified(String name) {
        return QName.get(name, generation.namespace());
    }
}
