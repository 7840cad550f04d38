// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import java.net.InetAddress;

/** Which peers the calls of this server's accounts have named. Asked by the relay on its own thread: never blocks. */
public interface SignalledPeers {
    /** Nobody looks at calls. */
    SignalledPeers NONE = new SignalledPeers() {
        @Override
        public Mode mode() {
            return Mode.OFF;
        }

        @Override
        public boolean named(String account, InetAddress peer) {
            return false;
        }
    };

    /** How far to go with a peer that no call has named. */
    Mode mode();

    /**
     * Whether a live call of the account has named the address, from either end.
     *
     * @param account a bare JID
     */
    boolean named(String account, InetAddress peer);
}
