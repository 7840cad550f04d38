// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The records by which clients that know only the domain find the relay (RFC 8489 §8.1, RFC 5928 §3), and those of its name,
 * in the form of zone files.
 */
public final class DnsRecords {
    private static final int SECONDS = 3_600;

    private DnsRecords() {}

    /**
     * Which ports there are.
     *
     * @param tcp whether clients may come over TCP to the same port
     * @param tls for TLS; 0 for none
     * @param dtls for DTLS; 0 for none
     */
    public record Services(int port, boolean tcp, int tls, int dtls) {}

    /**
     * The records.
     *
     * @param domain the XMPP domain
     * @param name the relay's own name
     */
    public static String text(String domain, String name, List<InetAddress> addresses, Services services) {
        List<String> lines = new ArrayList<>();
        for (InetAddress address : addresses) {
            String type = address instanceof Inet4Address ? "A" : "AAAA";
            lines.add("%s. %d IN %s %s".formatted(name, SECONDS, type, address.getHostAddress()));
        }
        lines.add(service("_stun._udp", domain, services.port(), name));
        lines.add(service("_turn._udp", domain, services.port(), name));
        if (services.tcp()) {
            lines.add(service("_stun._tcp", domain, services.port(), name));
            lines.add(service("_turn._tcp", domain, services.port(), name));
        }
        if (services.tls() != 0) {
            lines.add(service("_stuns._tcp", domain, services.tls(), name));
            lines.add(service("_turns._tcp", domain, services.tls(), name));
        }
        if (services.dtls() != 0) {
            lines.add(service("_stuns._udp", domain, services.dtls(), name));
            lines.add(service("_turns._udp", domain, services.dtls(), name));
        }
        return String.join("\n", lines);
    }

    private static String service(String service, String domain, int port, String name) {
        return "%s.%s. %d IN SRV 0 0 %d %s.".formatted(service, domain, SECONDS, port, name);
    }
}
