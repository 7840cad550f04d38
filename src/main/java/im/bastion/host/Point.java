// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/** Where in the server a stanza is when it is looked at. */
public enum Point {
    /** It came from a client, a remote server, a component or the server itself and has not been handled. */
    ENTERING,
    /** The server has handled it; nothing can be stopped any more. */
    HANDLED,
    /** It is about to be written to a local client. */
    DELIVERING,
    /** It is about to be written to a remote server, over a session that is negotiated and authenticated. */
    LEAVING
}
