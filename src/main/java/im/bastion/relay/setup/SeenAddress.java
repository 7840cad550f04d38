// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.client.TurnClient;
import im.bastion.relay.turn.Leg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * How this machine looks from where a STUN server is.
 *
 * @param mapped what that server sees
 * @param local what this machine has
 */
public record SeenAddress(InetAddress mapped, InetAddress local) {
    /** The port of STUN, where none is said. */
    private static final int PORT = 3_478;

    private static final int MAX_PORT = 65_535;

    /** Whether an address translator is in between. */
    public boolean isTranslated() {
        return !mapped.equals(local);
    }

    /**
     * Asks a STUN server over UDP; takes some seconds when it does not answer.
     *
     * @param server a name or an address, with or without ":port"; IPv6 addresses with a port in brackets
     * @throws IllegalArgumentException when it is neither
     * @throws IOException when there is no such server or no answer
     */
    public static SeenAddress ask(String server) throws IOException {
        InetSocketAddress address = parse(server);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no address of that name");
        }
        try (TurnClient client = TurnClient.connect(Leg.UDP, address, null)) {
            return new SeenAddress(
                    client.mapped().getAddress(), client.localAddress().getAddress());
        }
    }

    static InetSocketAddress parse(String server) {
        int bracket = server.indexOf(']');
        int colon = server.lastIndexOf(':');
        boolean bareIpv6 = bracket < 0 && server.indexOf(':') != colon;
        boolean withPort = !bareIpv6 && colon > bracket;
        String host = withPort ? server.substring(0, colon) : server;
        int port = withPort ? Integer.parseInt(server.substring(colon + 1)) : PORT;
        if (bracket > 0 && host.startsWith("[")) {
            host = host.substring(1, bracket);
        }
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("no server: " + server);
        }
        boolean literal = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return literal ? new InetSocketAddress(IpLiteral.parse(host), port) : new InetSocketAddress(host, port);
    }
}
