// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.census.ReadinessCensus;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.doctor.Doctor;
import im.bastion.omemo.doctor.KeysReader;
import java.util.function.BiPredicate;
import org.xmpp.packet.JID;

/**
 * What the console can ask of the guard. All of it may wait for the host's database.
 *
 * @param repair makes a node what its specification wants; false when there is nothing to do
 * @param sweep over the nodes from before
 * @param census how many are ready for encryption
 * @param devices what is known and can be done about devices
 */
public record OmemoServices(
        KeysReader keys,
        Doctor doctor,
        BiPredicate<JID, String> repair,
        NodeSweep sweep,
        ReadinessCensus census,
        DeviceDesk devices) {}
