// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;

/** The differences between host versions, as probed once at start. */
public interface Capabilities {
    List<Capability> all();

    /** The first capability this guard needs and does not have, or null when it can run. */
    default Capability missingFor(String guard) {
        return all().stream()
                .filter(c ->
                        !c.present() && (c.guard().equals(guard) || c.guard().equals("all")))
                .findFirst()
                .orElse(null);
    }
}
