// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Subscription;
import im.bastion.host.Users;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.openfire.event.UserEventDispatcher;
import org.jivesoftware.openfire.event.UserEventListener;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.Session;
import org.jivesoftware.openfire.user.User;
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
    public long count() {
        return server.getUserManager().getUserCount();
    }

    @Override
    public boolean isAdmin(JID jid) {
        return AdminManager.getInstance().isUserAdmin(jid.asBareJID(), false);
    }

    @Override
    public Subscription onDeleted(Consumer<JID> listener) {
        DeletedAccounts deleted = new DeletedAccounts(server, listener);
        UserEventDispatcher.addListener(deleted);
        return () -> UserEventDispatcher.removeListener(deleted);
    }

    @Override
    public List<JID> admins() {
        return List.copyOf(server.getAdmins());
    }

    @Override
    public List<JID> resources(JID account) {
        if (!server.isLocal(account) || account.getNode() == null) {
            return List.of();
        }
        return server.getSessionManager().getSessions(account.getNode()).stream()
                .filter(session -> !session.isClosed() && !session.isAnonymousUser())
                .map(Session::getAddress)
                .toList();
    }

    @Override
    public void disconnect(JID fullJid) {
        ClientSession session =
                isConnected(fullJid) ? server.getSessionManager().getSession(fullJid) : null;
        if (session != null) {
            session.close();
        }
    }

    @Override
    public Subscription onEnd(Consumer<JID> listener) {
        SessionEnds ends = new SessionEnds(server.getServerInfo().getXMPPDomain(), listener);
        ends.begin();
        return ends::stop;
    }

    private record DeletedAccounts(XMPPServer server, Consumer<JID> listener) implements UserEventListener {
        @Override
        public void userDeleting(User user, Map<String, Object> params) {
            listener.accept(server.createJID(user.getUsername(), null));
        }

        @Override
        public void userCreated(User user, Map<String, Object> params) {
            // Not asked for.
        }

        @Override
        public void userModified(User user, Map<String, Object> params) {
            // Not asked for.
        }
    }
}
