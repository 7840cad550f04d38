// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import im.bastion.policy.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xmpp.packet.JID;

/** Repairs one node when an admin asks for it. May wait for the host's database. */
final class NodeRepair {
    private final Pep pep;
    private final OmemoRecord record;

    NodeRepair(Pep pep, OmemoRecord record) {
        this.pep = pep;
        this.record = record;
    }

    /**
     * Makes the node what its specification wants.
     *
     * @param limit the most items a node can be asked to keep
     * @return false when it is none of ours, is not there, or is right already
     */
    boolean repair(JID owner, String nodeId, int limit) {
        KeyNode node = KeyNode.of(nodeId);
        Pep.Node now = node == null ? null : pep.node(owner, nodeId);
        if (now == null) {
            return false;
        }
        Map<String, String> changes =
                new LinkedHashMap<>(new KeyNodeDemand(node, PublishOptions.NONE, limit).changes(now, false));
        if (changes.isEmpty()) {
            return false;
        }
        changes.put("pubsub#notify_config", "0");
        pep.configure(owner, nodeId, changes);
        record.repaired(owner, now, changes, Mode.ENFORCE);
        return true;
    }
}
