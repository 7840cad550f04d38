// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import javax.net.ssl.SSLContext;

/** What the relay proves to its clients that it is the server they mean. Asked for every handshake, so it may change. */
public interface Identity {
    /** For TLS over TCP, or null when there is no certificate now. */
    SSLContext tls();

    /** For DTLS over UDP, or null when there is no certificate now. */
    SSLContext dtls();
}
