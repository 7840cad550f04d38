// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A live server-to-server session of this node. Getters read the session as it is now; they may throw {@link
 * HostException} when the host cannot tell, which a policy must treat as "unknown", never as "fine".
 */
public interface ServerSession {
    enum Direction {
        /** The remote server connected to us. */
        INCOMING,
        /** We connected to the remote server. */
        OUTGOING
    }

    enum Authentication {
        /** SASL EXTERNAL with a certificate (XEP-0178). */
        EXTERNAL,
        /** Dialback (XEP-0220). */
        DIALBACK,
        UNKNOWN
    }

    enum Establishment {
        /** TLS from the first byte (XEP-0368). */
        DIRECT_TLS,
        /** TLS after a plain beginning (RFC 6120 §5). */
        STARTTLS,
        /** The session is plain. */
        PLAIN,
        /** Encrypted, but the host cannot tell how that began. */
        UNKNOWN
    }

    /**
     * A name for the session, unique on this node while it runs. Not the stream's id: that of an outgoing stream is chosen
     * by the peer, who could choose one twice.
     */
    String id();

    Direction direction();

    /** The domains on our side. */
    Set<String> localDomains();

    /** The domains on the other side: one session may carry several. */
    Set<String> remoteDomains();

    /** The peer's address as text, or empty when the host does not know it. */
    String address();

    boolean encrypted();

    /** JSSE name, for example "TLSv1.3"; empty on a plain session. */
    String tlsProtocol();

    /** JSSE name; empty on a plain session. */
    String cipherSuite();

    /** The chain as the peer sent it, leaf first; empty when it sent none. */
    List<X509Certificate> peerCertificates();

    /** What the host's own trust manager for server-to-server streams says of that chain, or null when it trusts it. */
    String distrust();

    Authentication authentication();

    Establishment establishment();

    Instant since();

    /** Closes the session with the stream error {@code policy-violation} (RFC 6120 §4.9.3.14). Does not block. */
    void close(String reason);
}
