// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Any other node, for hosts that ignore publish-options: made as asked for, and from then on the options are conditions
 * (XEP-0060 §7.1.5).
 */
record PlainNodeDemand(PublishOptions options, int limit) implements NodeDemand {
    @Override
    public void check(Pep.Node existing) throws UnacceptableOption {
        NodeDemand.check(options, existing, limit);
        if (existing == null) {
            return;
        }
        if (options.accessModel() != null && !options.accessModel().equals(existing.accessModel())) {
            throw UnacceptableOption.unmet(NodeForm.ACCESS_MODEL, "the node is " + existing.accessModel());
        }
        if (options.persistent() != null && options.persistent() != existing.persistent()) {
            throw UnacceptableOption.unmet(NodeForm.PERSIST_ITEMS, "the node has the other value");
        }
        if (options.maxItems() != null && !hasMaxItems(existing)) {
            throw UnacceptableOption.unmet(NodeForm.MAX_ITEMS, "the node keeps " + existing.maxItems());
        }
    }

    @Override
    public Map<String, String> changes(Pep.Node now, boolean created) {
        Map<String, String> changes = new LinkedHashMap<>();
        if (!created) {
            return changes;
        }
        changes.putAll(options.others());
        if (options.accessModel() != null) {
            changes.put(NodeForm.ACCESS_MODEL, options.accessModel());
        }
        if (options.persistent() != null) {
            changes.put(NodeForm.PERSIST_ITEMS, options.persistent() ? "1" : "0");
        }
        if (options.maxItems() != null) {
            // Hosts that keep nothing by default would take the number and still keep nothing.
            changes.putIfAbsent(NodeForm.PERSIST_ITEMS, "1");
            changes.put(NodeForm.MAX_ITEMS, String.valueOf(options.maxItems().within(limit)));
        }
        return changes;
    }

    private boolean hasMaxItems(Pep.Node existing) {
        return options.maxItems().max()
                ? existing.maxItems() >= limit
                : existing.maxItems() == options.maxItems().number();
    }
}
