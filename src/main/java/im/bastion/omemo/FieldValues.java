// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.List;
import java.util.Set;

/** What the fields of a node's configuration can be (XEP-0060 §16.4.4). */
final class FieldValues {
    private static final Set<String> ACCESS_MODELS = Set.of("open", "presence", "roster", "authorize", "whitelist");

    /** Registered names, without "pubsub#". */
    private static final Set<String> REGISTERED = Set.of(
            "access_model",
            "auto-create",
            "body_xslt",
            "children",
            "children_association_policy",
            "children_association_whitelist",
            "children_max",
            "collection",
            "contact",
            "dataform_xslt",
            "deliver_notifications",
            "deliver_payloads",
            "description",
            "item_expire",
            "itemreply",
            "language",
            "max_items",
            "max_payload_size",
            "node_type",
            "notification_type",
            "notify_config",
            "notify_delete",
            "notify_retract",
            "notify_sub",
            "persist_items",
            "presence_based_delivery",
            "publish_model",
            "purge_offline",
            "roster_groups_allowed",
            "send_item_subscribe",
            "send_last_published_item",
            "subscribe",
            "tempsub",
            "title",
            "type");

    private static final Set<String> BOOLEANS = Set.of(
            "pubsub#deliver_notifications",
            "pubsub#deliver_payloads",
            "pubsub#notify_config",
            "pubsub#notify_delete",
            "pubsub#notify_retract",
            "pubsub#notify_sub",
            "pubsub#persist_items",
            "pubsub#presence_based_delivery",
            "pubsub#purge_offline",
            "pubsub#send_item_subscribe",
            "pubsub#subscribe",
            "pubsub#tempsub");

    private FieldValues() {}

    static boolean isRegistered(String name) {
        return name.startsWith("pubsub#") && REGISTERED.contains(name.substring("pubsub#".length()));
    }

    static boolean isBoolean(String name) {
        return BOOLEANS.contains(name);
    }

    static String accessModel(List<String> values) throws UnacceptableOption {
        if (values.size() == 1 && ACCESS_MODELS.contains(values.get(0))) {
            return values.get(0);
        }
        throw UnacceptableOption.malformed(
                NodeForm.ACCESS_MODEL, "one of open, presence, roster, authorize and whitelist");
    }

    /** XEP-0004 §3.3: a boolean is 0, 1, false or true. */
    static boolean bool(String name, List<String> values) throws UnacceptableOption {
        return switch (values.size() == 1 ? values.get(0) : "") {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw UnacceptableOption.malformed(name, "one of 0, 1, false and true");
        };
    }
}
