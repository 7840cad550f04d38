// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.util.List;

/** The settings of moderation. */
public final class ModerationSettings {
    /** How far moderation goes at most; a rule goes as far as its own mode within this one. */
    public static final Setting<Mode> MODE = Setting.oneOf("plugin.bastion.moderation.mode", Mode.OBSERVE);

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(MODE);

    private ModerationSettings() {}
}
