// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

/** What DNSSEC says of an answer (RFC 4035 §4.3). */
public enum Authenticity {
    /** Signed, and the signatures lead to the root's key. */
    SECURE,
    /** Proven to be in a zone that is not signed. */
    INSECURE,
    /** Should be signed and is not, or wrongly. */
    BOGUS,
    /** The name server in use hands out no signatures, so nothing can be proven. */
    UNKNOWN;

    /** Of two answers that lead to one another: only what is secure all the way is. */
    public Authenticity and(Authenticity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
