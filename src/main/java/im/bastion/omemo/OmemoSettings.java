// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.util.List;

/** The settings of the OMEMO guard. */
public final class OmemoSettings {
    /** On from the start: it refuses nothing that a stock server accepts and acts upon, and clients fail without it. */
    public static final Setting<Mode> MODE = Setting.oneOf("plugin.bastion.omemo.mode", Mode.ENFORCE);

    /**
     * What {@code max} in {@code pubsub#max_items} means (XEP-0060, feature config-node-max). Every device of an account
     * needs one item, so 256 is ample; it is what the largest other server means by it, too. Above 2,000 Openfire 4.2
     * would no longer read all items of a node at once.
     */
    public static final Setting<Integer> MAX_ITEMS =
            Setting.integer("plugin.bastion.omemo.max-items", 256, 16, 2_000, "items");

    /**
     * Whether the result of a publish of keys waits until they are in the database. Without, a server that dies loses what
     * it acknowledged in the last two minutes.
     */
    public static final Setting<Boolean> DURABLE = Setting.flag("plugin.bastion.omemo.durable", true);

    /**
     * Whether device lists and bundles that break the specification in ways that clients are known to bear with are
     * refused. Off: real clients do so, Converse with its prekey 0 for one.
     */
    public static final Setting<Boolean> STRICT = Setting.flag("plugin.bastion.omemo.strict", false);

    /** All of them, in the order the console shows them. */
    public static final List<Setting<?>> ALL = List.of(MODE, MAX_ITEMS, STRICT, DURABLE);

    private OmemoSettings() {}
}
