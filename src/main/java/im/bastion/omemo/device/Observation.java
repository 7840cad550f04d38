// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.Map;
import java.util.Set;

/**
 * Some of an account's lists and bundles as they were at one moment.
 *
 * @param at milliseconds since the epoch
 * @param lists the lists that were looked at
 * @param bundles the bundles that were found
 * @param lookedFor the generations in which all bundles were looked for, so that one not found is not there
 */
record Observation(
        long at,
        Map<OmemoGeneration, Seen<DeviceList>> lists,
        Map<Place, Seen<Bundle>> bundles,
        Set<OmemoGeneration> lookedFor) {
    /** Where a bundle is. */
    record Place(OmemoGeneration generation, int device) {}

    /**
     * A value and who put it there.
     *
     * @param value null when there is one that cannot be read
     * @param problem why it cannot be read, or empty
     */
    record Seen<T>(T value, String problem, String actor) {}

    /** Whether it is of something that was just published, rather than of what is stored. */
    boolean isPublish() {
        return lookedFor.isEmpty();
    }
}
