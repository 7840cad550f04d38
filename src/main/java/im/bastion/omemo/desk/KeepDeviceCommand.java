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

/** Consents to a new device; only a device that needs no consent itself can. */
record KeepDeviceCommand(DeviceDesk desk, SessionDevices sessions) implements UserCommand {
    @Override
    public String node() {
        return "keep-device";
    }

    @Override
    public String name() {
        return "Keep a device";
    }

    @Override
    public CommandForm form(JID asker) {
        List<DeviceView> waiting = waiting(asker);
        return new CommandForm(
                        waiting.isEmpty()
                                ? "No new device waits for you, or this session is not one of your devices."
                                : "Which of these is yours?")
                .choice("device", "Device", "", UserCommand.options(waiting));
    }

    @Override
    public CommandForm run(JID asker, Fields fields) throws CommandException {
        int device = UserCommand.chosen(fields, waiting(asker));
        desk.keep(asker.asBareJID(), device, asker.toString());
        return new CommandForm("Device " + device + " is kept: your contacts see it now.");
    }

    private List<DeviceView> waiting(JID asker) {
        List<DeviceView> devices = desk.devices(asker.asBareJID());
        return KeptDevice.is(asker, sessions, devices)
                ? devices.stream().filter(view -> view.mark() == Mark.PENDING).toList()
                : List.of();
    }
}
