// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;
import org.xmpp.packet.JID;

/** The accounts of this server. */
public interface Users {
    /** Whether the JID is of this server's domain and its account exists. */
    boolean isRegistered(JID jid);

    /** Whether this full JID is bound by an authenticated, not anonymous, local client right now. */
    boolean isConnected(JID fullJid);

    /** When this full JID was bound, in milliseconds since the epoch; 0 when it is not bound by a local client. */
    long connectedSince(JID fullJid);

    /** Whether the JID's bare form is an administrator of the server. */
    boolean isAdmin(JID jid);

    /** The administrators, as bare JIDs. */
    List<JID> admins();
}
