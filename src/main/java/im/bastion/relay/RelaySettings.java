// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.policy.AddressRange;
import im.bastion.policy.IpLiteral;
import im.bastion.policy.Mode;
import im.bastion.relay.offer.OfferedService;
import im.bastion.settings.Setting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of the relay. All act at once; those that move the listener end the calls that run through it. */
public final class RelaySettings {
    /** Stands for every address of this machine. */
    static final String ANY = "*";

    private static final String PREFIX = "plugin.bastion.relay.";
    private static final int MAX_REALM = 127;
    private static final int MAX_OTHERS = 8;
    private static final int MAX_RANGES = 64;
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62}\\.)*[A-Za-z0-9-]{0,62}[A-Za-z0-9]");

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

    /** The UDP port clients use, and the TCP port where {@link #TCP} is on. */
    public static final Setting<Integer> PORT = Setting.integer(PREFIX + "port", 3_478, 1, 65_535, "UDP port");

    /** Whether clients may come over TCP too, which gets through firewalls that stop UDP. */
    public static final Setting<Boolean> TCP = Setting.flag(PREFIX + "tcp", true);

    /** The TCP port for clients that come over TLS; 0 for none. */
    public static final Setting<Integer> TLS_PORT =
            Setting.integer(PREFIX + "tls-port", 5_349, 0, 65_535, "TCP port, 0 for none");

    /** The UDP port for clients that come over DTLS; 0 for none, the default, because no known XMPP client does. */
    public static final Setting<Integer> DTLS_PORT =
            Setting.integer(PREFIX + "dtls-port", 0, 0, 65_535, "UDP port, 0 for none");

    /** The name clients are told instead of an address: one that resolves to this server and that its certificate is for. */
    public static final Setting<String> HOST_NAME =
            Setting.text(PREFIX + "host-name", "", "empty, or a DNS name that leads to this server", text -> {
                if (!text.isEmpty() && !DNS_NAME.matcher(text).matches()) {
                    throw new IllegalArgumentException("no DNS name");
                }
                return text;
            });

    /** A second address of this machine, which switches behaviour discovery (RFC 5780) on; empty for off. */
    public static final Setting<String> DISCOVERY_ADDRESS =
            Setting.text(PREFIX + "discovery-address", "", "empty, or a second IP address of this machine", text -> {
                if (!text.isEmpty()) {
                    IpLiteral.parse(text);
                }
                return text;
            });

    /** The second port of behaviour discovery, on both addresses. */
    public static final Setting<Integer> DISCOVERY_PORT =
            Setting.integer(PREFIX + "discovery-port", 3_479, 1, 65_535, "UDP port");

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

    /** Other relays that share the secret, coturn's or eturnal's, to be offered beside this one. */
    public static final Setting<String> OTHER_RELAYS = Setting.text(
            PREFIX + "other-relays",
            "",
            "empty, or at most " + MAX_OTHERS
                    + " URIs such as turn:relay.example:3478?transport=udp, with commas between them",
            text -> {
                otherRelays(text);
                return text;
            });

    /** How many allocations one account may have on all its devices. A call takes one to four on each. */
    public static final Setting<Integer> MAX_PER_USER =
            Setting.integer(PREFIX + "max-allocations-per-user", 16, 1, 1_000, "allocations");

    /** How many allocations there may be in all. */
    public static final Setting<Integer> MAX_TOTAL =
            Setting.integer(PREFIX + "max-allocations", 250, 1, 60_000, "allocations");

    /** How many allocations one address may have, for all who share it; an IPv6 network of 64 bits counts as one. */
    public static final Setting<Integer> MAX_PER_ADDRESS =
            Setting.integer(PREFIX + "max-allocations-per-address", 64, 1, 60_000, "allocations");

    /** How much is relayed for one account, both ways together. A video call takes 2,000 to 5,000. */
    public static final Setting<Integer> MAX_RATE_PER_USER =
            Setting.integer(PREFIX + "max-rate-per-user", 20_000, 0, 10_000_000, "kbit/s, 0 for any");

    /** How much is relayed in all. */
    public static final Setting<Integer> MAX_RATE =
            Setting.integer(PREFIX + "max-rate", 500_000, 0, 100_000_000, "kbit/s, 0 for any");

    /**
     * How many answers a second one source gets that has not authenticated, where they are longer than its questions: anybody
     * can ask in anybody's name. Acts when the relay starts.
     */
    public static final Setting<Integer> ANSWERS_PER_SOURCE =
            Setting.integer(PREFIX + "answers-per-source", 50, 1, 1_000_000, "answers a second");

    /** What clients may not reach through the relay, beside what nobody may: a database or another server of one's own. */
    public static final Setting<String> DENIED_PEERS = peers("denied-peers");

    /** Reserved addresses that clients may reach all the same: a local network whose members call each other. */
    public static final Setting<String> ALLOWED_PEERS = peers("allowed-peers");

    /** For tests on one machine: lets clients reach 127.0.0.0/8 and ::1 through the relay. Never on in production. */
    public static final Setting<Boolean> ALLOW_LOOPBACK_PEERS = Setting.flag(PREFIX + "allow-loopback-peers", false);

    /** All of them, in the order the console shows them. */
    public static final List<Setting<?>> ALL = List.of(
            MODE,
            LISTEN_ADDRESS,
            PORT,
            TCP,
            TLS_PORT,
            DTLS_PORT,
            HOST_NAME,
            EXTERNAL_ADDRESS,
            MIN_PORT,
            MAX_PORT,
            REALM,
            CREDENTIAL_LIFE,
            OTHER_RELAYS,
            MAX_PER_USER,
            MAX_PER_ADDRESS,
            MAX_TOTAL,
            MAX_RATE_PER_USER,
            MAX_RATE,
            ANSWERS_PER_SOURCE,
            DENIED_PEERS,
            ALLOWED_PEERS,
            DISCOVERY_ADDRESS,
            DISCOVERY_PORT,
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

    /**
     * The services in a text of URIs.
     *
     * @throws IllegalArgumentException when one is no URI of a relay, or there are too many
     */
    static List<OfferedService> otherRelays(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        String[] uris = text.split(",", -1);
        if (uris.length > MAX_OTHERS) {
            throw new IllegalArgumentException("more than " + MAX_OTHERS);
        }
        return Stream.of(uris).map(String::strip).map(OfferedService::ofUri).toList();
    }

    private static Setting<String> peers(String name) {
        String allowed =
                "empty, or at most " + MAX_RANGES + " addresses or networks such as 192.0.2.0/24, with commas between";
        return Setting.text(PREFIX + name, "", allowed, text -> {
            ranges(text);
            return text;
        });
    }

    /**
     * The networks in a text of addresses and networks.
     *
     * @throws IllegalArgumentException when one is neither, or there are too many
     */
    static List<AddressRange> ranges(String text) {
        return AddressRange.list(text, MAX_RANGES);
    }
}
