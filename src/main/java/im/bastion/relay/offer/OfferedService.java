// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to one relay.
 *
 * @param type stun, turn, stuns or turns
 * @param host a name or an address
 * @param transport udp or tcp
 */
public record OfferedService(String type, String host, int port, String transport) {
    static final String STUN = "stun";
    private static final Pattern URI = Pattern.compile(
            "((?i:stuns?|turns?)):([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?(?:\\?transport=(udp|tcp))?");

    /** Whether it takes a credential: relaying does, telling an address does not. */
    boolean takesCredential() {
        return !type.startsWith(STUN);
    }

    /**
     * The service a URI names (RFC 7064, RFC 7065): {@code turn:relay.example:3478?transport=udp}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static OfferedService ofUri(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no stun or turn URI: " + uri);
        }
        String type = parts.group(1).toLowerCase(Locale.ROOT);
        boolean secure = type.endsWith("s");
        int port = parts.group(3) == null ? (secure ? 5_349 : 3_478) : Integer.parseInt(parts.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no port: " + uri);
        }
        String transport = parts.group(4) == null ? (secure ? "tcp" : "udp") : parts.group(4);
        String host = parts.group(2).replaceAll("[\\[\\]]", "");
        return new OfferedService(type, host, port, transport);
    }
}
