// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import im.bastion.omemo.wire.OmemoGeneration;
import org.xmpp.packet.JID;

/** What the server can do by itself about a symptom. */
public sealed interface Remedy {
    /** Configure the node as OMEMO needs it. */
    record RepairNode(JID owner, String nodeId) implements Remedy {}

    /** No longer show the device to readers; nothing is deleted. */
    record HideDevice(JID owner, OmemoGeneration generation, int device) implements Remedy {}
}
