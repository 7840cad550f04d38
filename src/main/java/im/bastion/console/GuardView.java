// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import im.bastion.store.PolicyRow;
import java.util.function.Function;

/**
 * A guard as the console knows it.
 *
 * @param name "moderation", "omemo", "encryption", "calls", "relay" or "federation"; its health parts and counters are those of this name and
 *     those that begin with it and a dot
 * @param mode the setting that switches it
 * @param fault what is wrong with a definition of one of its rules, with the field and what is allowed; null when nothing
 */
public record GuardView(String name, Setting<Mode> mode, Function<PolicyRow, String> fault) {
    /** A guard without rules of its own. */
    public GuardView(String name, Setting<Mode> mode) {
        this(name, mode, row -> null);
    }

    /** Whether a health part or a counter of that name is this guard's. */
    boolean owns(String part) {
        return part.equals(name) || part.startsWith(name + ".");
    }
}
