// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Every stanza that passes through the server. */
public interface Traffic {
    /**
     * The stanza goes no further.
     *
     * @param answer what its sender is told, addressed to that sender: an error, or a request's result; null to say
     *     nothing. The host sends it once, in place of any answer of its own; with null nothing of its own either.
     */
    record Stop(Packet answer) {
        /** Nobody is told. */
        public static final Stop SILENTLY = new Stop(null);
    }

    /** Looks at each stanza, on the server's own threads: no lock, no I/O. */
    @FunctionalInterface
    interface Watcher {
        /**
         * Decides whether the stanza goes on. Must not throw.
         *
         * @param client the full JID of the local client session the stanza came from or goes to, or null
         * @param peer the server-to-server session at {@link Point#LEAVING}; null elsewhere
         * @return null to let it go on; ignored at {@link Point#HANDLED}
         */
        Stop look(Point point, Packet stanza, JID client, ServerSession peer);
    }

    /** Puts the watcher first in line. There is only one (ADR 3). */
    Subscription watch(Watcher watcher);
}
