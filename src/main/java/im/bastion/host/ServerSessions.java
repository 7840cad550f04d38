// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.security.cert.X509Certificate;
import java.util.List;

/** The server-to-server sessions of this node. */
public interface ServerSessions {
    /** All that live now, incoming and outgoing. */
    List<ServerSession> all();

    /** The incoming sessions on which this remote domain is authenticated. */
    List<ServerSession> incoming(String remoteDomain);

    /** Whether the domain is this server's own, a subdomain it serves, or a component of it: never federated. */
    boolean isLocal(String domain);

    /**
     * The authority in the host's trust store to which a peer's chain leads: its organization, or its whole name when it has
     * none; empty when the chain leads to none. The name comes from the store, never from the peer.
     *
     * @param chain leaf first, as the peer sent it
     * @throws HostException when the trust store cannot be read
     */
    String authority(List<X509Certificate> chain);

    /**
     * Why a chain would not be trusted if a peer presented it, as the rest of a sentence about the peer; null when it would be.
     * Does not look at names. The same words as {@link ServerSession#distrust()}.
     *
     * @param chain leaf first, as the peer sent it
     * @throws HostException when the trust store cannot be read
     */
    String distrust(List<X509Certificate> chain);
}
