// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;

/**
 * A guard as the console knows it.
 *
 * @param name "moderation", "omemo", "relay" or "federation"; its health parts and counters are those of this name and
 *     those that begin with it and a dot
 * @param mode the setting that switches it
 */
public record GuardView(String name, Setting<Mode> mode) {
    /** Whether a health part or a counter of that name is this guard's. */
    boolean owns(String part) {
        return part.equals(name) || part.startsWith(name + ".");
    }
}
