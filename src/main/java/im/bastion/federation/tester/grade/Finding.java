// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.grade;

import java.util.Locale;

/**
 * One thing to be said of a peer, with the best grade it can have in spite of it. The table in docs/federation.md is this
 * list.
 */
public enum Finding {
    NOT_FEDERATED(Grade.F, "RFC 6120 §3.2.1"),
    ADDRESS_NOT_ALLOWED(Grade.F, "RFC 6890"),
    UNREACHABLE(Grade.F, "RFC 6120 §3.2"),
    NO_STREAM(Grade.F, "RFC 6120 §4"),
    NO_ENCRYPTION(Grade.F, "RFC 7590 §3.1"),
    HANDSHAKE_FAILS(Grade.F, "RFC 6120 §5.4.3"),
    STREAM_BREAKS(Grade.F, "RFC 6120 §4.3.3"),
    ACCEPTS_ANY_KEY(Grade.F, "XEP-0220 §2.1.3"),
    NOT_TRUSTED(Grade.T, "RFC 6120 §13.7.2"),
    WRONG_NAME(Grade.T, "RFC 9525 §6"),
    WEAK_CIPHERS(Grade.D, "RFC 9325 §4.1"),
    DANE_MISMATCH(Grade.D, "RFC 7673 §5"),
    BOGUS_DNS(Grade.D, "RFC 4035 §5.5"),
    OLD_TLS(Grade.C, "RFC 8996"),
    WEAK_KEY(Grade.C, "RFC 9325 §4.5"),
    PARTLY_UNREACHABLE(Grade.B, "RFC 6120 §3.2.1"),
    NO_TLS_1_3(Grade.B, "RFC 9325 §3.1.1"),
    NO_FORWARD_SECRECY(Grade.B, "RFC 9325 §4.1"),
    CBC_CIPHERS(Grade.B, "RFC 9325 §4.2"),
    PLAIN_TEXT_ALLOWED(Grade.B, "RFC 7590 §3.1"),
    POSH_MISMATCH(Grade.B, "RFC 7711 §4"),
    TEST_CUT_SHORT(Grade.B, ""),
    CERTIFICATE_ENDS_SOON(Grade.A, "RFC 5280 §4.1.2.5"),
    DNS_FAULT(Grade.A, "RFC 1035 §4.1.1"),
    POSH_FAULT(Grade.A, "RFC 7711 §3"),
    DANE_NOT_SECURE(Grade.A, "RFC 7673 §3"),
    NO_SRV(Grade.A, "RFC 6120 §3.2.2"),
    DIALBACK_FAILS(Grade.A, "XEP-0220 §2.1.3"),
    NO_AUTHENTICATION(Grade.A, "RFC 7590 §3.4"),
    MUCH_UNTOLD(Grade.A, "RFC 2782");

    private final Grade best;
    private final String citation;

    Finding(Grade best, String citation) {
        this.best = best;
        this.citation = citation;
    }

    /** The best grade a peer of which this is said can have. */
    public Grade best() {
        return best;
    }

    /** The rule it goes back to; empty for none. */
    public String citation() {
        return citation;
    }

    /** As it stands in texts and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
