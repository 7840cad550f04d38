// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.util.List;

/** The settings of moderation. */
public final class ModerationSettings {
    /** How far moderation goes at most; a rule goes as far as its own mode within this one. */
    public static final Setting<Mode> MODE = Setting.oneOf("plugin.bastion.moderation.mode", Mode.OBSERVE);

    /** Whether rooms are not told which moderator retracted a message; the audit log always knows. */
    public static final Setting<Boolean> HIDE_MODERATORS =
            Setting.flag("plugin.bastion.moderation.hide-moderators", true);

    /** Whether the entries that people have made in our own block list are published for other servers. */
    public static final Setting<Boolean> PUBLISH_LIST = Setting.flag("plugin.bastion.moderation.publish-list", false);

    /** How long the sealed original of a retracted message is kept: so long it can be restored. */
    public static final Setting<Integer> EVIDENCE_DAYS =
            Setting.integer("plugin.bastion.moderation.evidence-days", 30, 1, 3_650, "days");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(MODE, HIDE_MODERATORS, PUBLISH_LIST, EVIDENCE_DAYS);

    private ModerationSettings() {}
}
