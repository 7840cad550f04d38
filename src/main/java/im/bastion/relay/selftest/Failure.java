// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import im.bastion.relay.client.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** Why a step did not succeed. */
public enum Failure {
    /** Nothing came back in time: something on the way drops it. */
    NO_ANSWER,
    /** The machine there says that nobody listens. */
    NOBODY_LISTENS,
    /** There is no way to that address. */
    NO_ROUTE,
    /** The handshake of TLS failed. */
    HANDSHAKE,
    /** The server answered with an error. */
    ERROR,
    /** No port of the relayed range was free for the peer of the test. */
    NO_PORT,
    /** Something else, which the system names. */
    OTHER;

    static Failure of(IOException e) {
        if (e instanceof RefusedException) {
            return ERROR;
        }
        if (e instanceof SocketTimeoutException) {
            return NO_ANSWER;
        }
        if (e instanceof ConnectException || e instanceof PortUnreachableException) {
            return NOBODY_LISTENS;
        }
        if (e instanceof NoRouteToHostException) {
            return NO_ROUTE;
        }
        return e instanceof SSLException ? HANDSHAKE : OTHER;
    }
}
