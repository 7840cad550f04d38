// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.util.List;

/** The settings of the encryption policy; its rules are policies. */
public final class EncryptionSettings {
    /** How far any rule may go. */
    public static final Setting<Mode> MODE = Setting.oneOf("plugin.bastion.encryption.mode", Mode.OBSERVE);

    /** For how many days it is remembered, in memory, who wrote to whom under which protection; 0 for not at all. */
    public static final Setting<Integer> REMEMBER_DAYS =
            Setting.integer("plugin.bastion.encryption.remember-days", 7, 0, 31, "days");

    /** For how many days the counts by domain and room are kept in the database; 0 for no counts. */
    public static final Setting<Integer> STATISTICS_DAYS =
            Setting.integer("plugin.bastion.encryption.statistics-days", 90, 0, 730, "days");

    /** All of them, in the order in which they are shown. */
    public static final List<Setting<?>> ALL = List.of(MODE, REMEMBER_DAYS, STATISTICS_DAYS);

    private EncryptionSettings() {}
}
