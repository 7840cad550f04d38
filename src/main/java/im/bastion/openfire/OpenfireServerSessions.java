// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.openfire.compat.Probe;
import java.util.List;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.session.OutgoingServerSession;

/** Openfire's server-to-server sessions; not bound yet. */
final class OpenfireServerSessions implements ServerSessions {
    OpenfireServerSessions(XMPPServer server, Probe probe) {}

    /** The view of a session that is about to send; asked for each leaving stanza. */
    ServerSession of(OutgoingServerSession session) {
        return null;
    }

    @Override
    public List<ServerSession> all() {
        return List.of();
    }

    @Override
    public List<ServerSession> incoming(String remoteDomain) {
        return List.of();
    }

    @Override
    public boolean isLocal(String domain) {
        return true;
    }
}
