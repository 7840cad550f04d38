// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

/** What a client does, in this order. */
public enum Step {
    /** The connection stands: TCP, and the handshake of TLS. */
    CONNECT,
    /** STUN tells the client its address: the port reaches the relay. */
    MAPPED,
    /** The client authenticates and gets a relayed address. */
    ALLOCATE,
    /** It may reach a peer. */
    BIND,
    /** What it sends comes out of the relayed port and reaches the peer. */
    TO_PEER,
    /** What the peer sends to the relayed port reaches the client. */
    TO_CLIENT
}
