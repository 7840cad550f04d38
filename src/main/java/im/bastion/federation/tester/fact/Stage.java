// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

/** How far a test got with one address. */
public enum Stage {
    /** It is not connected to: a reserved address, or this machine's own. */
    NOT_ALLOWED,
    /** Nobody answers there. */
    UNREACHABLE,
    /** What answers sends no XML stream. */
    NO_STREAM,
    /** The stream cannot be encrypted. */
    NO_TLS,
    /** TLS is offered, but no handshake comes to its end. */
    NO_HANDSHAKE,
    /** TLS works, but the stream over it does not. */
    NO_FEATURES,
    COMPLETE
}
