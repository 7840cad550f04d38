// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.DeviceView;
import im.bastion.omemo.device.Marks.Mark;
import im.bastion.omemo.device.Removal;
import java.util.List;
import java.util.Map;
import org.xmpp.packet.JID;

/** Sends a lost device away. */
record RevokeDeviceCommand(DeviceDesk desk) implements UserCommand {
    @Override
    public String node() {
        return "revoke-device";
    }

    @Override
    public String name() {
        return "Revoke a device";
    }

    @Override
    public CommandForm form(JID asker) {
        return new CommandForm("Nobody encrypts to the device any more, and it cannot announce itself again."
                        + " It still has what it has received before.")
                .choice("device", "Device", "", UserCommand.options(candidates(asker)))
                .choice("sessions", "End its connections?", "yes", Map.of("yes", "Yes", "no", "No"));
    }

    @Override
    public CommandForm run(JID asker, Fields fields) throws CommandException {
        int device = UserCommand.chosen(fields, candidates(asker));
        Removal removal =
                desk.revoke(asker.asBareJID(), device, fields.text("sessions").equals("yes"), asker.toString());
        return new CommandForm("Device " + device + " is revoked. An administrator can undo this with reference "
                + removal.id() + ".");
    }

    private List<DeviceView> candidates(JID asker) {
        return desk.devices(asker.asBareJID()).stream()
                .filter(view -> view.mark() != Mark.REVOKED)
                .toList();
    }
}
