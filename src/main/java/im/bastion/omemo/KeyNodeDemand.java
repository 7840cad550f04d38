// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node of keys is what its specification wants: open (the secret key's: closed), with its items kept, and where it holds
 * an item for each device with many of them. A node that is not so is repaired, asked for or not: clients that never ask,
 * and nodes made by old hosts, exist. Two liberties: another access model that the publisher names is the user's will, and
 * a number of items asked for is met by a node that keeps more, so that clients that ask for different numbers do not fight.
 */
record KeyNodeDemand(KeyNode node, PublishOptions options, int limit) implements NodeDemand {
    /** Openfire before 4.6 wrote 5,120 into each node, which versions since 5.1 enforce; a bundle is larger. */
    static final String MAX_PAYLOAD_BYTES = "10485760";

    @Override
    public void check(Pep.Node existing) throws UnacceptableOption {
        NodeDemand.check(options, existing, limit);
        if (Boolean.FALSE.equals(options.persistent())) {
            throw UnacceptableOption.unmet(NodeForm.PERSIST_ITEMS, "keys are always kept");
        }
        if (existing != null
                && !accessModel().equals(node.accessModel())
                && !accessModel().equals(existing.accessModel())) {
            throw UnacceptableOption.unmet(NodeForm.ACCESS_MODEL, "the node is " + existing.accessModel());
        }
    }

    @Override
    public Map<String, String> changes(Pep.Node now, boolean created) {
        Map<String, String> changes = new LinkedHashMap<>(created ? options.others() : Map.of());
        String access =
                options.accessModel() == null && !created ? node.accessModelFrom(now.accessModel()) : accessModel();
        if (!access.equals(now.accessModel())) {
            changes.put(NodeForm.ACCESS_MODEL, access);
        }
        int items = maxItems();
        if (!now.persistent() || now.maxItems() < items) {
            changes.put(NodeForm.PERSIST_ITEMS, "1");
            changes.put(NodeForm.MAX_ITEMS, String.valueOf(Math.max(items, now.maxItems())));
        }
        if (!changes.isEmpty()) {
            changes.put("pubsub#max_payload_size", MAX_PAYLOAD_BYTES);
        }
        return changes;
    }

    private String accessModel() {
        return options.accessModel() == null ? node.accessModel() : options.accessModel();
    }

    private int maxItems() {
        int needed = node.holdsManyItems() ? limit : 1;
        return options.maxItems() == null
                ? needed
                : Math.max(needed, options.maxItems().within(limit));
    }
}
