// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Every stanza that passes through the server. */
public interface Traffic {
    /** Looks at each stanza, on the server's own threads: no lock, no I/O. */
    @FunctionalInterface
    interface Watcher {
        /**
         * Decides whether the stanza goes on. Must not throw.
         *
         * @param client the full JID of the local client session the stanza came from or goes to; null for all others
         * @param peer the server-to-server session at {@link Point#LEAVING}; null elsewhere
         * @return false to stop the stanza here; ignored at {@link Point#HANDLED}
         */
        boolean admit(Point point, Packet stanza, JID client, ServerSession peer);
    }

    /** Puts the watcher first in line. There is only one (ADR 3). */
    Subscription watch(Watcher watcher);
}
