// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What an admin wants to see of a peer's certificate. All texts come from the peer: at most 512 characters each, control
 * characters replaced, not escaped for HTML.
 *
 * @param names those that count for an XMPP server, at most 20
 * @param spkiSha256 SHA-256 of the subject public key info (RFC 7469 §2.4), lowercase hex
 */
public record CertificateSummary(
        String subject, String issuer, List<String> names, Instant notBefore, Instant notAfter, String spkiSha256) {
    private static final int MAX_TEXT = 512;
    private static final int MAX_NAMES = 20;

    public static CertificateSummary of(X509Certificate certificate) {
        return new CertificateSummary(
                shown(certificate.getSubjectX500Principal().getName()),
                shown(certificate.getIssuerX500Principal().getName()),
                CertificateNames.describe(certificate, MAX_NAMES).stream()
                        .map(CertificateSummary::shown)
                        .toList(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                sha256(certificate.getPublicKey().getEncoded()));
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "\uFFFD");
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT - 1) + "…";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
