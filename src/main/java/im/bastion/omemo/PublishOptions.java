// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a publisher wants the node to be (XEP-0060 §7.1.5). The three fields that decide whether an item can be had later are
 * conditions; the others that hosts read are applied when the publish makes the node; those that only the registry knows
 * are let pass, so that clients that ask for the last item never to be sent (XEP-0222) get at least the rest.
 *
 * @param accessModel or null when not asked for
 * @param persistent or null when not asked for
 * @param maxItems or null when not asked for
 * @param autoCreate whether the publish may make the node
 * @param others field names and values that hosts read
 */
record PublishOptions(
        String accessModel, Boolean persistent, MaxItems maxItems, boolean autoCreate, Map<String, String> others) {
    static final PublishOptions NONE = new PublishOptions(null, null, null, true, Map.of());

    /** @param form null when the publish has none */
    static PublishOptions read(NodeForm form) throws UnacceptableOption {
        if (form == null) {
            return NONE;
        }
        checkKnown(form);
        return new PublishOptions(
                form.has(NodeForm.ACCESS_MODEL) ? FieldValues.accessModel(form.values(NodeForm.ACCESS_MODEL)) : null,
                form.has(NodeForm.PERSIST_ITEMS)
                        ? FieldValues.bool(NodeForm.PERSIST_ITEMS, form.values(NodeForm.PERSIST_ITEMS))
                        : null,
                form.has(NodeForm.MAX_ITEMS) ? MaxItems.parse(form.values(NodeForm.MAX_ITEMS)) : null,
                autoCreates(form),
                others(form));
    }

    /** A field that nobody knows is refused (XEP-0060 §7.1.5), whatever its value. */
    static void checkKnown(NodeForm form) throws UnacceptableOption {
        for (String name : form.names()) {
            if (!FieldValues.isKnown(name)) {
                throw UnacceptableOption.unmet("publish-options", "one of the fields is not known here");
            }
        }
    }

    static boolean autoCreates(NodeForm form) throws UnacceptableOption {
        return !form.has(NodeForm.AUTO_CREATE)
                || FieldValues.bool(NodeForm.AUTO_CREATE, form.values(NodeForm.AUTO_CREATE));
    }

    private static Map<String, String> others(NodeForm form) throws UnacceptableOption {
        Map<String, String> others = new LinkedHashMap<>();
        for (String name : form.names()) {
            List<String> values = form.values(name);
            FieldValues.check(name, values);
            boolean condition = name.equals(NodeForm.ACCESS_MODEL)
                    || name.equals(NodeForm.PERSIST_ITEMS)
                    || name.equals(NodeForm.MAX_ITEMS);
            if (!condition && FieldValues.isRead(name) && values.size() == 1) {
                String value = values.get(0);
                others.put(name, FieldValues.isBoolean(name) ? (FieldValues.bool(name, values) ? "1" : "0") : value);
            }
        }
        return Map.copyOf(others);
    }
}
