// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.wire.OmemoNode;
import java.util.List;
import java.util.Set;

/**
 * A node that holds keys for end-to-end encryption, and what it has to be: one of OMEMO's (XEP-0384 §5.3) or of OpenPGP's
 * (XEP-0373 §4.1, §4.2 and §5.3). All of them keep their items.
 *
 * @param accessModel what the specification wants; see {@link #accessModelFrom}
 * @param holdsManyItems whether one node holds an item for each device, so that it must keep more than one
 */
record KeyNode(String accessModel, boolean holdsManyItems) {
    /** The nodes by which devices learn which keys there are; clients want to hear of these. */
    static final List<String> LISTS = List.of(
            "eu.siacs.conversations.axolotl.devicelist",
            "urn:xmpp:omemo:1:devices",
            "urn:xmpp:omemo:2:devices",
            "urn:xmpp:openpgp:0:public-keys");

    /** How the names of all such nodes begin. */
    static final List<String> BEGINNINGS =
            List.of("eu.siacs.conversations.axolotl.", "urn:xmpp:omemo:", "urn:xmpp:openpgp:0:");

    /** An owner who chose one of these wants the keys to be hidden; the host's default is none of them. */
    private static final Set<String> CLOSED = Set.of("whitelist", "authorize", "roster");

    private static final String OPENPGP_KEYS = "urn:xmpp:openpgp:0:public-keys";
    private static final String OPENPGP_SECRET = "urn:xmpp:openpgp:0:secret-key";
    private static final KeyNode SINGLE = new KeyNode("open", false);
    private static final KeyNode MANY = new KeyNode("open", true);
    private static final KeyNode SECRET = new KeyNode("whitelist", false);

    /** The node of that name; null when it holds no keys. */
    static KeyNode of(String nodeId) {
        OmemoNode omemo = OmemoNode.of(nodeId);
        if (omemo != null) {
            return omemo.holdsManyItems() ? MANY : SINGLE;
        }
        if (nodeId == null || !nodeId.startsWith("urn:xmpp:openpgp:0:")) {
            return null;
        }
        if (nodeId.equals(OPENPGP_SECRET)) {
            return SECRET;
        }
        boolean keys = nodeId.equals(OPENPGP_KEYS) || nodeId.startsWith(OPENPGP_KEYS + ":");
        return keys ? SINGLE : null;
    }

    /**
     * The access model that a node of that one is to have while its owner asks for none: where keys are to be found by
     * everybody, one that the owner has closed stays closed.
     */
    String accessModelFrom(String existing) {
        return accessModel.equals("open") && CLOSED.contains(existing) ? existing : accessModel;
    }
}
