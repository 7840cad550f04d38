// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

/** Whether a certificate is the one that was published for the peer elsewhere: by DANE or by POSH. */
public enum Association {
    /** Nothing is published. */
    NONE,
    /** There are records, but DNSSEC does not vouch for the whole way to them: they count for nothing (RFC 7673 §3). */
    NOT_SECURE,
    /** What is published cannot be used. */
    UNUSABLE,
    MATCHES,
    DIFFERS
}
