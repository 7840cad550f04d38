// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import im.bastion.policy.IpLiteral;
import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/** The name servers that tests ask. */
public final class NameServers {
    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SERVERS = 2;

    private NameServers() {}

    /**
     * The one that is named, or those that the system uses, two at most.
     *
     * @param text an IP address, with a port behind "#" if it is not {@value #DNS_PORT}; empty for the system's
     * @throws IllegalArgumentException when it is something else
     */
    public static List<InetSocketAddress> of(String text) {
        if (text.isEmpty()) {
            return ResolverConfig.getCurrentConfig().servers().stream()
                    .limit(MAX_SERVERS)
                    .toList();
        }
        int mark = text.indexOf('#');
        int port = mark < 0 ? DNS_PORT : Integer.parseInt(text.substring(mark + 1));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        return List.of(new InetSocketAddress(IpLiteral.parse(mark < 0 ? text : text.substring(0, mark)), port));
    }
}
