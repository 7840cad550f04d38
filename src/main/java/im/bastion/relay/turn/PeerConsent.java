// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.credential.TurnUser;
import java.net.InetAddress;

/** Whether this user may have a peer that users may have. Asked on the server's thread: never blocks. */
public interface PeerConsent {
    /** Any peer for anybody. */
    PeerConsent ANY = new PeerConsent() {
        @Override
        public boolean admits(TurnUser user, InetAddress peer) {
            return true;
        }

        @Override
        public boolean withdraws(TurnUser user, InetAddress peer) {
            return false;
        }
    };

    /** Whether the user may install a permission for the peer. */
    boolean admits(TurnUser user, InetAddress peer);

    /** Whether the user may not keep the permission. Asked about once a second for each. */
    boolean withdraws(TurnUser user, InetAddress peer);
}
