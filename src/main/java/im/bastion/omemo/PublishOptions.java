// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

/**
 * What a publisher wants the node to be (XEP-0060 §7.1.5). Of the registered fields only the three that decide whether an
 * item can be had later are looked at; the others are let pass, and a field that is not registered is refused.
 *
 * @param accessModel or null when not asked for
 * @param persistent or null when not asked for
 * @param maxItems or null when not asked for
 */
record PublishOptions(String accessModel, Boolean persistent, MaxItems maxItems) {
    static final PublishOptions NONE = new PublishOptions(null, null, null);

    /** @param form null when the publish has none */
    static PublishOptions read(NodeForm form) throws UnacceptableOption {
        if (form == null) {
            return NONE;
        }
        for (String name : form.names()) {
            if (!FieldValues.isRegistered(name)) {
                throw UnacceptableOption.unmet("publish-options", "one of the fields is not known here");
            }
        }
        return new PublishOptions(
                form.has(NodeForm.ACCESS_MODEL) ? FieldValues.accessModel(form.values(NodeForm.ACCESS_MODEL)) : null,
                form.has(NodeForm.PERSIST_ITEMS)
                        ? FieldValues.bool(NodeForm.PERSIST_ITEMS, form.values(NodeForm.PERSIST_ITEMS))
                        : null,
                form.has(NodeForm.MAX_ITEMS) ? MaxItems.parse(form.values(NodeForm.MAX_ITEMS)) : null);
    }
}
