// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;

/** The server-to-server sessions of this node. */
public interface ServerSessions {
    /** All that live now, incoming and outgoing. */
    List<ServerSession> all();

    /** The incoming sessions on which this remote domain is authenticated. */
    List<ServerSession> incoming(String remoteDomain);

    /** Whether the domain is this server's own, a subdomain it serves, or a component of it: never federated. */
    boolean isLocal(String domain);
}
