// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

/**
 * What became of an offer.
 *
 * @param detail the cipher suite that was chosen, or why nothing is known; empty when it was refused
 */
public record OfferAnswer(Kind kind, String detail) {
    /** In the order of certainty. */
    public enum Kind {
        ACCEPTED,
        REFUSED,
        /** No answer, or one that is no TLS. */
        UNKNOWN
    }

    public boolean isAccepted() {
        return kind == Kind.ACCEPTED;
    }
}
