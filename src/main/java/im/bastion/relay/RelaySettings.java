// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.policy.Mode;
import im.bastion.relay.turn.IpLiteral;
import im.bastion.settings.Setting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the relay. All act at once; those that move the listener end the calls that run through it. */
public final class RelaySettings {
    /** Stands for every address of this machine. */
    static final String ANY = "*";

    private static final String PREFIX = "plugin.bastion.relay.";
    private static final int MAX_REALM = 127;

    /**
     * OFF: nothing listens and nothing is offered; the default, because an open port is an admin's decision. OBSERVE: answers
     * and offers STUN, which helps two clients to find a direct way, but relays nothing and hands out no credential. ENFORCE:
     * relays.
     */
    public static final Setting<Mode> MODE = Setting.oneOf(PREFIX + "mode", Mode.OFF);

    /** Where the relay listens. */
    public static final Setting<String> LISTEN_ADDRESS =
            Setting.text(PREFIX + "listen-address", ANY, "an IP address of this machine, or * for all", text -> {
                if (!text.equals(ANY)) {
                    IpLiteral.parse(text);
                }
                return text;
            });

    /** The UDP port clients use. */
    public static final Setting<Integer> PORT = Setting.integer(PREFIX + "port", 3_478, 1, 65_535, "UDP port");

    /** The address the world reaches this machine at, where that is another one than its own; empty to look for it. */
    public static final Setting<String> EXTERNAL_ADDRESS = Setting.text(
            PREFIX + "external-address",
            "",
            "empty, an IP address, or an IPv4 and an IPv6 address with a comma between them",
            text -> {
                addresses(text);
                return text;
            });

    /** The lowest port of relayed addresses. */
    public static final Setting<Integer> MIN_PORT =
            Setting.integer(PREFIX + "min-port", 49_152, 1_024, 65_535, "UDP port");

    /** The highest port of relayed addresses; a small range is easier to open in a firewall. */
    public static final Setting<Integer> MAX_PORT =
            Setting.integer(PREFIX + "max-port", 49_407, 1_024, 65_535, "UDP port");

    /** The realm of credentials; empty for the XMPP domain. */
    public static final Setting<String> REALM =
            Setting.text(PREFIX + "realm", "", "empty, or at most " + MAX_REALM + " characters of ASCII", text -> {
                if (text.length() > MAX_REALM || !text.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                    throw new IllegalArgumentException("too long or not ASCII");
                }
                return text;
            });

    /** How long a credential is valid. Some clients ask for a new one only when ten minutes or more are left. */
    public static final Setting<Duration> CREDENTIAL_LIFE =
            Setting.seconds(PREFIX + "credential-life", Duration.ofHours(6), 1_200, 86_400);

    /** How many allocations one account may have on all its devices. A call takes one to four on each. */
    public static final Setting<Integer> MAX_PER_USER =
            Setting.integer(PREFIX + "max-allocations-per-user", 16, 1, 1_000, "allocations");

    /** How many allocations there may be in all. */
    public static final Setting<Integer> MAX_TOTAL =
            Setting.integer(PREFIX + "max-allocations", 250, 1, 60_000, "allocations");

    /** For tests on one machine: lets clients reach 127.0.0.0/8 and ::1 through the relay. Never on in production. */
    public static final Setting<Boolean> ALLOW_LOOPBACK_PEERS = Setting.flag(PREFIX + "allow-loopback-peers", false);

    /** All of them, in the order the console shows them. */
    public static final List<Setting<?>> ALL = List.of(
            MODE,
            LISTEN_ADDRESS,
            PORT,
            EXTERNAL_ADDRESS,
            MIN_PORT,
            MAX_PORT,
            REALM,
            CREDENTIAL_LIFE,
            MAX_PER_USER,
            MAX_TOTAL,
            ALLOW_LOOPBACK_PEERS);

    private RelaySettings() {}

    /**
     * The addresses in a text of none, one or two.
     *
     * @throws IllegalArgumentException when one is no address, or two are of one family
     */
    static List<InetAddress> addresses(String text) {
        List<InetAddress> addresses = text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .map(IpLiteral::parse)
                        .toList();
        long families = addresses.stream()
                .map(address -> address.getAddress().length)
                .distinct()
                .count();
        if (families < addresses.size() || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
            throw new IllegalArgumentException("two addresses of one family, or no address of a host");
        }
        return addresses;
    }
}
