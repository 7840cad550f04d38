// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.device.HealthPolicy.Problem;
import java.util.Set;

/**
 * A device as people are shown it.
 *
 * @param mark what was decided about it, or null
 * @param hidden whether readers are not shown it, in at least one of its generations
 * @param connected whether a session of it is connected now, as far as sessions have shown which device they are
 */
public record DeviceView(Device device, Marks.Mark mark, boolean hidden, boolean connected, Set<Problem> problems) {
    public DeviceView {
        problems = Set.copyOf(problems);
    }

    /** The fingerprint as clients show it; empty when there is no bundle. */
    public String fingerprint() {
        return device.identity() == null ? "" : device.identity().fingerprint();
    }

    /** What the user calls it, or its id. */
    public String name() {
        return device.label().isEmpty() ? "Device " + device.id() : device.label() + " (" + device.id() + ")";
    }
}
