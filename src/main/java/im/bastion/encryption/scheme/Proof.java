// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

/** What a child of a message shows about a scheme. */
public enum Proof {
    /** Nothing: it is not of this scheme. */
    ABSENT,
    /** It claims to be of this scheme, but nothing in it can be an encrypted message. */
    HOLLOW,
    /** It is of this scheme, and anybody can read it: signed, not encrypted. */
    READABLE,
    /** Of this scheme, without words: sets up a session or carries keys. */
    NEGOTIATES,
    /** An encrypted message, as far as anybody without its keys can tell. */
    PROVEN
}
