// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.relay.RelaySettings;
import im.bastion.settings.Setting;
import im.bastion.settings.Settings;
import java.util.List;

/**
 * A setting of the relay as a field of a form.
 *
 * @param name of the field and, behind a prefix, of its texts
 * @param value as text
 * @param flag whether it is a box to tick
 */
public record RelayField(String name, String value, boolean flag) {
    /** Where the relay is. */
    static final List<Setting<?>> PLACE = List.of(
            RelaySettings.HOST_NAME,
            RelaySettings.EXTERNAL_ADDRESS,
            RelaySettings.LISTEN_ADDRESS,
            RelaySettings.PORT,
            RelaySettings.TCP,
            RelaySettings.TLS_PORT,
            RelaySettings.DTLS_PORT,
            RelaySettings.MIN_PORT,
            RelaySettings.MAX_PORT,
            RelaySettings.OTHER_RELAYS);

    /** How much it does, and for whom. */
    static final List<Setting<?>> LIMITS = List.of(
            RelaySettings.MAX_PER_USER,
            RelaySettings.MAX_PER_ADDRESS,
            RelaySettings.MAX_TOTAL,
            RelaySettings.MAX_RATE_PER_USER,
            RelaySettings.MAX_RATE,
            RelaySettings.CREDENTIAL_LIFE,
            RelaySettings.DENIED_PEERS,
            RelaySettings.ALLOWED_PEERS);

    private static final String TICKED = "true";

    /** Whether the box is ticked. */
    public boolean ticked() {
        return value.equals(TICKED);
    }

    /** As it is in force. */
    static <T> RelayField of(Setting<T> setting, Settings settings) {
        return new RelayField(
                name(setting),
                setting.writer().apply(settings.get(setting)),
                setting.defaultValue() instanceof Boolean);
    }

    /** As the form has it. */
    static RelayField of(Setting<?> setting, Form form) {
        return new RelayField(name(setting), text(setting, form), setting.defaultValue() instanceof Boolean);
    }

    /** The setting's text in the form. */
    static String text(Setting<?> setting, Form form) {
        String text = form.text(name(setting));
        return setting.defaultValue() instanceof Boolean ? String.valueOf(text.equals(TICKED)) : text;
    }

    /** For example "external-address". */
    static String name(Setting<?> setting) {
        return setting.key().substring(setting.key().lastIndexOf('.') + 1);
    }
}
