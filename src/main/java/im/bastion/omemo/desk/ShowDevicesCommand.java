// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.desk;

import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.DeviceView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.xmpp.packet.JID;

/** Shows the account's devices. */
record ShowDevicesCommand(DeviceDesk desk) implements UserCommand {
    private static final int MAX_SHOWN = 50;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public String node() {
        return "devices";
    }

    @Override
    public String name() {
        return "My devices for encryption";
    }

    @Override
    public CommandForm form(JID asker) {
        return null;
    }

    @Override
    public CommandForm run(JID asker, Fields fields) {
        List<DeviceView> devices = desk.devices(asker.asBareJID());
        CommandForm told = new CommandForm(
                devices.isEmpty()
                        ? "No device of yours has announced itself for encryption."
                        : "These devices have announced themselves for encryption:");
        devices.stream().limit(MAX_SHOWN).forEach(view -> told.read(view.name(), words(view)));
        return told;
    }

    private static String words(DeviceView view) {
        StringBuilder words = new StringBuilder(view.fingerprint().isEmpty() ? "no keys" : view.fingerprint());
        words.append(", first seen ").append(day(view.device().firstSeenAt()));
        words.append(", last seen ")
                .append(view.connected() ? "now" : day(view.device().lastSeenAt()));
        if (view.mark() != null) {
            words.append(", ").append(view.mark().name().toLowerCase(Locale.ROOT));
        } else if (!view.device().listed()) {
            words.append(", not listed");
        }
        view.problems().forEach(problem -> words.append(", ")
                .append(problem.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return words.append(view.hidden() ? ", hidden from contacts" : "").toString();
    }

    private static String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(millis));
    }
}
