// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

/**
 * One way to one relay.
 *
 * @param type stun, turn, stuns or turns
 * @param host a name or an address
 * @param transport udp or tcp
 */
public record OfferedService(String type, String host, int port, String transport) {
    static final String STUN = "stun";

    /** Whether it takes a credential: relaying does, telling an address does not. */
    boolean takesCredential() {
        return !type.startsWith(STUN);
    }
}
