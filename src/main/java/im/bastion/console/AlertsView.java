// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.key.KeyAlert;

/**
 * What was told of keys and certificates.
 *
 * @param alerts null when the guard could not start
 * @param open how many wait for a decision
 */
public record AlertsView(Frame frame, Paged<KeyAlert> alerts, int open) {
    /** As "show" in the address: those that are settled, too. */
    static final String ALL = "all";

    /** Whether those that are settled are shown, too. */
    public boolean showsAll() {
        return frame.query().text("show").equals(ALL);
    }
}
