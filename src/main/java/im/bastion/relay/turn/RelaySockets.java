// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;

/** Where relayed transport addresses come from. */
public interface RelaySockets {
    /** Whether there can be relayed addresses of that family at all. */
    boolean supports(AddressFamily family);

    /**
     * A fresh socket, or null when none is free.
     *
     * @param evenPort whether the port must be even
     * @param nanos now, on the monotonic clock
     */
    RelaySocket open(AddressFamily family, boolean evenPort, long nanos);
}
