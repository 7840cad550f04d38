// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.desk;

import im.bastion.omemo.device.DeviceView;
import im.bastion.omemo.device.Marks.Mark;
import im.bastion.omemo.device.SessionDevices;
import java.util.List;
import org.xmpp.packet.JID;

/** Consent comes from a session that has shown itself to be a device of the account that needs none itself. */
final class KeptDevice {
    private KeptDevice() {}

    static boolean is(JID session, SessionDevices sessions, List<DeviceView> devices) {
        int self = sessions.of(session);
        return devices.stream()
                .anyMatch(view -> view.device().id() == self
                        && view.device().listed()
                        && view.mark() != Mark.PENDING
                        && view.mark() != Mark.REVOKED);
    }
}
