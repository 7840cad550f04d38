// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.time.Duration;
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

    /** How many devices an account may announce; 0 for as many as it likes. */
    public static final Setting<Integer> MAX_DEVICES =
            Setting.integer("plugin.bastion.omemo.max-devices", 0, 0, 1_000, "devices");

    /** Whether a new device of an account that has others must be kept by the user before anybody encrypts to it. */
    public static final Setting<Boolean> APPROVE_DEVICES = Setting.flag("plugin.bastion.omemo.approve-devices", false);

    /** Whether an account's other sessions are told of a new device. */
    public static final Setting<Boolean> TELL_OF_DEVICES = Setting.flag("plugin.bastion.omemo.tell-of-devices", true);

    /** How long a device may be on the list before its bundle is missed: some clients publish the list first. */
    public static final Setting<Duration> ORPHAN_GRACE =
            Setting.seconds("plugin.bastion.omemo.orphan-grace", Duration.ofMinutes(5), 10, 86_400);

    /**
     * After how many days without any sign of life a device can be pruned; 0 for never. Clients forget devices after 28
     * to 90 days by themselves, from what they alone have seen.
     */
    public static final Setting<Integer> STALE_DAYS =
            Setting.integer("plugin.bastion.omemo.stale-days", 120, 0, 3_650, "days");

    /**
     * Whether messages that begin sessions are looked at for a prekey used twice or a key that is not the sender's: their
     * outer part is not encrypted. Off: it is metadata that a server need not look at.
     */
    public static final Setting<Boolean> WATCH_EXCHANGES =
            Setting.flag("plugin.bastion.omemo.watch-key-exchanges", false);

    /** All of them, in the order the console shows them. */
    public static final List<Setting<?>> ALL = List.of(
            MODE,
            MAX_ITEMS,
            STRICT,
            DURABLE,
            MAX_DEVICES,
            APPROVE_DEVICES,
            TELL_OF_DEVICES,
            ORPHAN_GRACE,
            STALE_DAYS,
            WATCH_EXCHANGES);

    private OmemoSettings() {}
}
