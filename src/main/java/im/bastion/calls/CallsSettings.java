// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of calls. */
public final class CallsSettings {
    private static final String PREFIX = "plugin.bastion.calls.";
    private static final int MAX_DOMAINS = 64;
    private static final int MAX_DOMAIN = 253;

    /** How far any of it may go. */
    public static final Setting<Mode> MODE = Setting.oneOf(PREFIX + "mode", Mode.OBSERVE);

    /** How far to go with calls whose media are not encrypted with DTLS-SRTP. */
    public static final Setting<Mode> MEDIA_ENCRYPTION = Setting.oneOf(PREFIX + "media-encryption", Mode.OBSERVE);

    /** Other modes for calls with some domains. */
    public static final Setting<String> MEDIA_ENCRYPTION_DOMAINS = Setting.text(
            PREFIX + "media-encryption-domains",
            "",
            "empty, or at most " + MAX_DOMAINS + " such as partner.example=observe, with commas between them",
            text -> {
                domains(text);
                return text;
            });

    /** Whether keys that servers can read (SDES) are good enough where DTLS-SRTP is not to be had. */
    public static final Setting<Boolean> VISIBLE_KEYS = Setting.flag(PREFIX + "visible-keys", false);

    /** How far to go with peers that a client wants to reach through the relay though no call of its account named them. */
    public static final Setting<Mode> SIGNALLED_PEERS = Setting.oneOf(PREFIX + "signalled-peers", Mode.OBSERVE);

    /** In which calls people show nothing but relayed addresses. */
    public static final Setting<RelayOnly> RELAY_ONLY = Setting.oneOf(PREFIX + "relay-only", RelayOnly.OFF);

    /** All of them, in the order the console shows them. */
    public static final List<Setting<?>> ALL =
            List.of(MODE, MEDIA_ENCRYPTION, MEDIA_ENCRYPTION_DOMAINS, VISIBLE_KEYS, SIGNALLED_PEERS, RELAY_ONLY);

    private CallsSettings() {}

    /**
     * The modes in a text such as "partner.example=observe, gateway.example=off".
     *
     * @throws IllegalArgumentException when one is not of that form, or there are too many
     */
    static Map<String, Mode> domains(String text) {
        Map<String, Mode> modes = new HashMap<>();
        if (text.isBlank()) {
            return modes;
        }
        for (String each : text.split(",", -1)) {
            int equals = each.indexOf('=');
            String domain = equals < 0 ? "" : each.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (domain.isEmpty() || domain.length() > MAX_DOMAIN || domain.contains(" ")) {
                throw new IllegalArgumentException("not a domain and a mode: " + each.strip());
            }
            modes.put(domain, Mode.valueOf(each.substring(equals + 1).strip().toUpperCase(Locale.ROOT)));
        }
        if (modes.size() > MAX_DOMAINS) {
            throw new IllegalArgumentException("more than " + MAX_DOMAINS);
        }
        return modes;
    }
}
