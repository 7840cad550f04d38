// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import org.dom4j.Element;
import org.dom4j.QName;

/** What a generation calls the elements of a bundle. */
public record FieldNames(
        OmemoGeneration generation,
        String signedPreKey,
        String signedPreKeyId,
        String signature,
        String identityKey,
        String preKey,
        String preKeyId) {
    /** The element around the prekeys. */
    public static final String PRE_KEYS = "prekeys";

    private static final FieldNames LEGACY = new FieldNames(
            OmemoGeneration.LEGACY,
            "signedPreKeyPublic",
            "signedPreKeyId",
            "signedPreKeySignature",
            "identityKey",
            "preKeyPublic",
            "preKeyId");

    /** The names in bundles of that generation. */
    public static FieldNames of(OmemoGeneration generation) {
        return generation == OmemoGeneration.LEGACY
                ? LEGACY
                : new FieldNames(generation, "spk", "id", "spks", "ik", "pk", "id");
    }

    QName qualified(String name) {
        return QName.get(name, generation.namespace());
    }

    boolean isNamed(Element element, String name) {
        return element.getName().equals(name) && element.getNamespaceURI().equals(generation.namespace());
    }
}
