// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import im.bastion.host.PepNodes.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the row of a node of keys has to be: what {@link KeyNodeDemand} makes of it, for a publish without options. */
final class KeyNodeRow {
    /** Openfire before 4.6 wrote 5,120; a bundle of 100 prekeys has some 10,000. Whoever set more than this meant it. */
    private static final int MIN_PAYLOAD_BYTES = 65_536;

    private KeyNodeRow() {}

    /** The row as it has to be; the same when nothing is wrong with it. */
    static Row wanted(Row row, int limit) {
        KeyNode keys = KeyNode.of(row.node().id());
        if (keys == null) {
            return row;
        }
        Pep.Node node = row.node();
        int needed = keys.holdsManyItems() ? limit : 1;
        int payload = row.maxPayloadBytes() < MIN_PAYLOAD_BYTES
                ? Integer.parseInt(KeyNodeDemand.MAX_PAYLOAD_BYTES)
                : row.maxPayloadBytes();
        return new Row(
                row.owner(),
                new Pep.Node(
                        node.id(), keys.accessModelFrom(node.accessModel()), true, Math.max(needed, node.maxItems())),
                payload);
    }

    /** Whether its owner has hidden what the specification wants everybody to find. */
    static boolean isClosed(Row row) {
        KeyNode keys = KeyNode.of(row.node().id());
        return keys != null
                && !keys.accessModel().equals(row.node().accessModel())
                && keys.accessModelFrom(row.node().accessModel())
                        .equals(row.node().accessModel());
    }

    /** The row's configuration in the terms of {@link Pep#configure}. */
    static Map<String, String> configuration(Row row) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put(NodeForm.ACCESS_MODEL, row.node().accessModel());
        configuration.put(NodeForm.PERSIST_ITEMS, row.node().persistent() ? "1" : "0");
        configuration.put(NodeForm.MAX_ITEMS, String.valueOf(row.node().maxItems()));
        configuration.put("pubsub#max_payload_size", String.valueOf(row.maxPayloadBytes()));
        configuration.put("pubsub#notify_config", "0");
        return configuration;
    }
}
