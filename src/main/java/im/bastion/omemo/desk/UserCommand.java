// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.desk;

import im.bastion.command.Command;
import im.bastion.command.CommandException;
import im.bastion.command.Fields;
import im.bastion.omemo.device.DeviceView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xmpp.packet.JID;

/** One thing that a user can do about devices; who asks is a full JID. */
public interface UserCommand extends Command<JID> {
    /** Devices to choose from, with what helps to tell them apart. */
    static Map<String, String> options(List<DeviceView> devices) {
        Map<String, String> options = new LinkedHashMap<>();
        devices.forEach(view -> options.put(
                String.valueOf(view.device().id()),
                view.name() + (view.connected() ? ", connected" : "") + " " + view.fingerprint()));
        return options;
    }

    /** The chosen device, which must be one of these. */
    static int chosen(Fields fields, List<DeviceView> devices) throws CommandException {
        String wanted = fields.required("device");
        return devices.stream()
                .map(view -> view.device().id())
                .filter(id -> wanted.equals(String.valueOf(id)))
                .findFirst()
                .orElseThrow(() -> new CommandException("\"device\" must be one of the devices shown."));
    }
}
