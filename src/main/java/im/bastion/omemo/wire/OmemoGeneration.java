// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

/** The generations of OMEMO that clients speak. They share no node and no element. */
public enum OmemoGeneration {
    /** XEP-0384 0.3.0: one bundle node for each device. */
    LEGACY("eu.siacs.conversations.axolotl", 33),
    /** XEP-0384 0.4 to 0.7: the node layout of {@link #OMEMO_2}. */
    OMEMO_1("urn:xmpp:omemo:1", 32),
    /** XEP-0384 0.8.0 and later: one bundle node, one item for each device. */
    OMEMO_2("urn:xmpp:omemo:2", 32);

    private final String namespace;
    private final int keyBytes;

    OmemoGeneration(String namespace, int keyBytes) {
        this.namespace = namespace;
        this.keyBytes = keyBytes;
    }

    /** The namespace of its elements. */
    public String namespace() {
        return namespace;
    }

    /** The length of every public key; the legacy 33 are a type byte 0x05 and 32 of Curve25519. */
    public int keyBytes() {
        return keyBytes;
    }

    /** The generation whose elements have this namespace, or null. */
    public static OmemoGeneration ofNamespace(String namespace) {
        for (OmemoGeneration generation : values()) {
            if (generation.namespace.equals(namespace)) {
                return generation;
            }
        }
        return null;
    }
}
