// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;

/**
 * Makes the form of an owner who configures or creates a node one that every host reads alike: {@code max} becomes a
 * number, {@code true} becomes 1 (Openfire 4.2 reads it as false), and what a host would choke on half-way is found before
 * it begins.
 */
final class NodeConfiguration {
    private NodeConfiguration() {}

    /**
     * Finds what cannot be had.
     *
     * @param keys null for a node that holds none; hosts accept more there than makes sense
     * @return whether the form holds the word max
     */
    static boolean check(NodeForm form, KeyNode keys) throws UnacceptableOption {
        for (String name : form.names()) {
            FieldValues.check(name, form.values(name));
        }
        if (!form.has(NodeForm.MAX_ITEMS)) {
            return false;
        }
        MaxItems asked = MaxItems.parse(form.values(NodeForm.MAX_ITEMS));
        if (keys != null && !asked.max() && asked.number() < 1) {
            throw UnacceptableOption.malformed(NodeForm.MAX_ITEMS, "at least 1");
        }
        return asked.max();
    }

    /** Rewrites a form that was found good. A node that keeps more than the limit loses nothing. */
    static void rewrite(NodeForm form, Pep.Node existing, int limit) throws UnacceptableOption {
        for (String name : form.names()) {
            if (FieldValues.isBoolean(name)) {
                normalise(form, name);
            }
        }
        if (form.has(NodeForm.MAX_ITEMS)) {
            int most = existing == null ? limit : Math.max(limit, existing.maxItems());
            form.set(
                    NodeForm.MAX_ITEMS,
                    String.valueOf(
                            MaxItems.parse(form.values(NodeForm.MAX_ITEMS)).within(most)));
        }
    }

    private static void normalise(NodeForm form, String name) {
        switch (String.join("", form.values(name))) {
            case "true" -> form.set(name, "1");
            case "false" -> form.set(name, "0");
            default -> {}
        }
    }
}
