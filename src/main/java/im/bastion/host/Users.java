// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;
import java.util.function.Consumer;
import org.xmpp.packet.JID;

/** The accounts of this server. */
public interface Users {
    /** Whether the JID is of this server's domain and its account exists. */
    boolean isRegistered(JID jid);

    /** Whether this full JID is bound by an authenticated, not anonymous, local client right now. */
    boolean isConnected(JID fullJid);

    /** When this full JID was bound, in milliseconds since the epoch; 0 when it is not bound by a local client. */
    long connectedSince(JID fullJid);

    /** How many accounts there are. May ask the database. */
    long count();

    /** Whether the JID's bare form is an administrator of the server. */
    boolean isAdmin(JID jid);

    /**
     * Calls {@code listener} with the bare JID of each account that is deleted, on whatever thread deletes it.
     *
     * @return closes the subscription
     */
    Subscription onDeleted(Consumer<JID> listener);

    /** The administrators, as bare JIDs. */
    List<JID> admins();

    /** The full JIDs under which the account is connected here right now, without anonymous ones. */
    List<JID> resources(JID account);

    /** Ends the connection of a local client; nothing happens when there is none. Returns before it is closed. */
    void disconnect(JID fullJid);

    /**
     * Calls {@code listener} with the full JID of a local session that has ended, and with the bare JID of an account all of
     * whose sessions must count as ended: it was deleted or locked, or has another password. On whatever thread ended it.
     */
    Subscription onEnd(Consumer<JID> listener);
}
