// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

/**
 * What a PEP node's name says about it.
 *
 * @param deviceSuffix what follows the last colon of a legacy per-device node, as written; empty for all others
 */
public record OmemoNode(OmemoGeneration generation, Kind kind, String deviceSuffix) {
    /** What the node holds. */
    public enum Kind {
        DEVICES,
        BUNDLES,
        /** The legacy X.509 chain over a device's identity key. */
        VERIFICATION
    }

    private static final String LEGACY_DEVICES = "eu.siacs.conversations.axolotl.devicelist";
    private static final String LEGACY_BUNDLES = "eu.siacs.conversations.axolotl.bundles:";
    private static final String LEGACY_VERIFICATION = "eu.siacs.conversations.axolotl.verification:";

    /** The name of the node that holds device lists of a generation. */
    public static String devices(OmemoGeneration generation) {
        return generation == OmemoGeneration.LEGACY ? LEGACY_DEVICES : generation.namespace() + ":devices";
    }

    /** The name of the node that holds all bundles of a generation, which must not be the legacy one. */
    public static String bundles(OmemoGeneration generation) {
        return generation.namespace() + ":bundles";
    }

    /** The name of the node that holds one device's legacy bundle. */
    public static String legacyBundles(int device) {
        return LEGACY_BUNDLES + device;
    }

    /** The node of that name, or null when it is none of OMEMO's. */
    public static OmemoNode of(String nodeId) {
        if (nodeId == null) {
            return null;
        }
        return switch (nodeId) {
            case LEGACY_DEVICES -> new OmemoNode(OmemoGeneration.LEGACY, Kind.DEVICES, "");
            case "urn:xmpp:omemo:1:devices" -> new OmemoNode(OmemoGeneration.OMEMO_1, Kind.DEVICES, "");
            case "urn:xmpp:omemo:1:bundles" -> new OmemoNode(OmemoGeneration.OMEMO_1, Kind.BUNDLES, "");
            case "urn:xmpp:omemo:2:devices" -> new OmemoNode(OmemoGeneration.OMEMO_2, Kind.DEVICES, "");
            case "urn:xmpp:omemo:2:bundles" -> new OmemoNode(OmemoGeneration.OMEMO_2, Kind.BUNDLES, "");
            default -> legacyOfOneDevice(nodeId);
        };
    }

    /** Whether one node holds an item for each device, so that it must keep more than one. */
    public boolean holdsManyItems() {
        return kind == Kind.BUNDLES && generation != OmemoGeneration.LEGACY;
    }

    private static OmemoNode legacyOfOneDevice(String nodeId) {
        if (nodeId.startsWith(LEGACY_BUNDLES)) {
            return new OmemoNode(OmemoGeneration.LEGACY, Kind.BUNDLES, nodeId.substring(LEGACY_BUNDLES.length()));
        }
        if (nodeId.startsWith(LEGACY_VERIFICATION)) {
            return new OmemoNode(
                    OmemoGeneration.LEGACY, Kind.VERIFICATION, nodeId.substring(LEGACY_VERIFICATION.length()));
        }
        return null;
    }
}
