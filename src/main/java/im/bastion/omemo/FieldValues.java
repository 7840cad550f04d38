// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the fields of a node's configuration can be (XEP-0060 §16.4.4). */
final class FieldValues {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
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

    /** What hosts read of a single node's configuration, all versions alike, without "pubsub#". */
    private static final Set<String> READ = Set.of(
            "access_model",
            "body_xslt",
            "collection",
            "contact",
            "dataform_xslt",
            "deliver_payloads",
            "description",
            "itemreply",
            "language",
            "max_items",
            "max_payload_size",
            "notify_config",
            "notify_delete",
            "notify_retract",
            "owner",
            "persist_items",
            "presence_based_delivery",
            "publish_model",
            "publisher",
            "replyroom",
            "replyto",
            "roster_groups_allowed",
            "send_item_subscribe",
            "subscribe",
            "subscription_required",
            "title",
            "type");

    private static final Map<String, Set<String>> CHOICES = Map.of(
            NodeForm.ACCESS_MODEL,
            ACCESS_MODELS,
            "pubsub#publish_model",
            Set.of("open", "publishers", "subscribers"),
            "pubsub#itemreply",
            Set.of("owner", "publisher"));

    private static final Set<String> NUMBERS =
            Set.of("pubsub#max_payload_size", "pubsub#children_max", "pubsub#leaf_nodes_max");

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
            "pubsub#subscription_required",
            "pubsub#tempsub");

    private FieldValues() {}

    /** Whether a host or the registry knows a field of that name. */
    static boolean isKnown(String name) {
        return name.startsWith("pubsub#") && (REGISTERED.contains(name.substring("pubsub#".length())) || isRead(name));
    }

    /** Whether hosts read the field. */
    static boolean isRead(String name) {
        return name.startsWith("pubsub#") && READ.contains(name.substring("pubsub#".length()));
    }

    static boolean isBoolean(String name) {
        return BOOLEANS.contains(name);
    }

    /** Refuses a value at which a host would stop half-way, having applied what came before. */
    static void check(String name, List<String> values) throws UnacceptableOption {
        Set<String> choices = CHOICES.get(name);
        if (choices != null) {
            one(name, values, choices);
        } else if (NUMBERS.contains(name)) {
            number(name, values);
        } else if (isBoolean(name) && !values.isEmpty()) {
            // Hosts have a default for a field without value.
            bool(name, values);
        }
    }

    static String accessModel(List<String> values) throws UnacceptableOption {
        return one(NodeForm.ACCESS_MODEL, values, ACCESS_MODELS);
    }

    /** XEP-0004 §3.3: a boolean is 0, 1, false or true. */
    static boolean bool(String name, List<String> values) throws UnacceptableOption {
        return switch (values.size() == 1 ? values.get(0) : "") {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw UnacceptableOption.malformed(name, "one of 0, 1, false and true");
        };
    }

    private static String one(String name, List<String> values, Set<String> choices) throws UnacceptableOption {
        if (values.size() == 1 && choices.contains(values.get(0))) {
            return values.get(0);
        }
        throw UnacceptableOption.malformed(
                name, "one of " + choices.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static void number(String name, List<String> values) throws UnacceptableOption {
        if (values.size() != 1 || !NUMBER.matcher(values.get(0)).matches()) {
            throw UnacceptableOption.malformed(name, "one number from 0 to 999999999");
        }
    }
}
