// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Users;
import java.util.List;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.xmpp.packet.JID;

/** Accounts and sessions of this server. */
final class OpenfireUsers implements Users {
    private final XMPPServer server;

    OpenfireUsers(XMPPServer server) {
        this.server = server;
    }

    @Override
    public boolean isRegistered(JID jid) {
        if (!server.isLocal(jid) || jid.getNode() == null) {
            return false;
        }
        try {
            server.getUserManager().getUser(jid.getNode());
            return true;
        } catch (UserNotFoundException e) {
            return false;
        }
    }

    @Override
    public boolean isConnected(JID fullJid) {
        ClientSession session = session(fullJid);
        return session != null && !session.isAnonymousUser();
    }

    @Override
    public long connectedSince(JID fullJid) {
        ClientSession session = session(fullJid);
        return session == null ? 0 : session.getCreationDate().toInstant().toEpochMilli();
    }

    private ClientSession session(JID fullJid) {
        return server.isLocal(fullJid) && fullJid.getResource() != null
                ? server.getSessionManager().getSession(fullJid)
                : null;
    }

    @Override
    public boolean isAdmin(JID jid) {
        return AdminManager.getInstance().isUserAdmin(jid.asBareJID(), false);
    }

    @Override
    public List<JID> admins() {
        return List.copyOf(server.getAdmins());
    }
}
