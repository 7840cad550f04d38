// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import java.util.List;

/** Where relayed transport addresses come from. */
public interface RelaySockets {
    /** Whether there can be relayed addresses of that family at all. */
    boolean supports(AddressFamily family);

    /** Whether {@link RelaySocket#sendUnfragmented} does what it says. */
    boolean canForbidFragments();

    /**
     * A fresh socket, or null when none is free.
     *
     * @param evenPort whether the port must be even
     * @param nanos now, on the monotonic clock
     */
    RelaySocket open(AddressFamily family, boolean evenPort, long nanos);

    /** A socket on an even port and one on the next higher port, or nothing when no such two are free. */
    List<RelaySocket> openPair(AddressFamily family, long nanos);

    /** A fresh relayed TCP address, or null when none is free. */
    RelayedTcp openTcp(AddressFamily family, long nanos);
}
