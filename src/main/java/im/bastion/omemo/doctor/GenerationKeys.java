// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import im.bastion.host.Pep;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.List;

/**
 * What an account publishes of one generation.
 *
 * @param list the node of the device list; null when there is none
 * @param unreadable why the list cannot be read; null when it can, or there is none
 * @param bundles the nodes that the listed devices' bundles are in, those that there are
 * @param devices the listed ones in their order, then those of which only keys are there
 */
public record GenerationKeys(
        OmemoGeneration generation,
        Pep.Node list,
        String unreadable,
        List<Pep.Node> bundles,
        List<DeviceKeys> devices) {
    public GenerationKeys {
        bundles = List.copyOf(bundles);
        devices = List.copyOf(devices);
    }

    /** The devices on the list. */
    public List<DeviceKeys> listed() {
        return devices.stream().filter(DeviceKeys::listed).toList();
    }

    /** Whether a client that speaks this generation can encrypt to the account. */
    public boolean ready() {
        return list != null
                && list.accessModel().equals("open")
                && listed().stream().anyMatch(DeviceKeys::usable);
    }
}
