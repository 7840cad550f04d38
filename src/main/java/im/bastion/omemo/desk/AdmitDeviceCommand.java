// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.DeviceView;
import im.bastion.omemo.device.Marks.Mark;
import im.bastion.omemo.device.SessionDevices;
import java.util.List;
import org.xmpp.packet.JID;

/** Lets a revoked device come back; only a device that is none itself can. */
record AdmitDeviceCommand(DeviceDesk desk, SessionDevices sessions) implements UserCommand {
    @Override
    public String node() {
        return "admit-device";
    }

    @Override
    public String name() {
        return "Admit a revoked device";
    }

    @Override
    public CommandForm form(JID asker) {
        List<DeviceView> revoked = revoked(asker);
        return new CommandForm(
                        revoked.isEmpty()
                                ? "No device of yours is revoked, or this session is not one of your devices."
                                : "It announces itself when it is next used.")
                .choice("device", "Device", "", UserCommand.options(revoked));
    }

    @Override
    public CommandForm run(JID asker, Fields fields) throws CommandException {
        int device = UserCommand.chosen(fields, revoked(asker));
        desk.admit(asker.asBareJID(), device, asker.toString());
        return new CommandForm("Device " + device + " may come back.");
    }

    private List<DeviceView> revoked(JID asker) {
        List<DeviceView> devices = desk.devices(asker.asBareJID());
        return KeptDevice.is(asker, sessions, devices)
                ? devices.stream().filter(view -> view.mark() == Mark.REVOKED).toList()
                : List.of();
    }
}
