// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.desk;

import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.SessionDevices;
import java.util.List;

/** The commands, in the order in which people see them. */
public final class UserCommands {
    private UserCommands() {}

    public static List<UserCommand> of(DeviceDesk desk, SessionDevices sessions) {
        return List.of(
                new ShowDevicesCommand(desk),
                new KeepDeviceCommand(desk, sessions),
                new RevokeDeviceCommand(desk),
                new AdmitDeviceCommand(desk, sessions));
    }
}
