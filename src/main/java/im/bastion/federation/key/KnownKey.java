// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.tls.CertificateSummary;
import java.time.Instant;

/**
 * A key a peer was seen with, and the latest certificate for it. Immutable.
 *
 * @param spki SHA-256 of the subject public key info, lowercase hex
 * @param certificate SHA-256 of the certificate, lowercase hex
 * @param authority who vouched for it when it was learned; empty when nobody this server trusts did
 */
public record KnownKey(
        String spki,
        String certificate,
        String authority,
        Instant notBefore,
        Instant notAfter,
        Instant first,
        Instant last) {
    static KnownKey of(CertificateSummary leaf, String authority, Instant now) {
        return new KnownKey(leaf.spkiSha256(), leaf.sha256(), authority, leaf.notBefore(), leaf.notAfter(), now, now);
    }

    /** The same key, seen again, perhaps with another certificate. */
    KnownKey seen(CertificateSummary leaf, String authorityNow, Instant now) {
        return new KnownKey(
                spki,
                leaf.sha256(),
                authorityNow.isEmpty() ? authority : authorityNow,
                leaf.notBefore(),
                leaf.notAfter(),
                first,
                now);
    }

    KnownKey merged(KnownKey other) {
        KnownKey later = last.isBefore(other.last) ? other : this;
        return new KnownKey(
                spki,
                later.certificate,
                later.authority,
                later.notBefore,
                later.notAfter,
                first.isBefore(other.first) ? first : other.first,
                later.last);
    }
}
