// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What is kept and shown of a peer's certificate. All texts come from the peer: at most 255 characters each, cut
 * with a note, control characters replaced, not escaped for HTML.
 *
 * @param names those that count for an XMPP server, at most 20
 * @param nameCount how many there are; -1 when they cannot be read or are too many to be read
 * @param usages what the key may be used for (RFC 5280 §4.2.1.12), at most 20; empty for everything
 * @param key for example "RSA 2048"
 * @param signature JSSE name of the algorithm it is signed with
 * @param spkiSha256 SHA-256 of the subject public key info (RFC 7469 §2.4), lowercase hex
 * @param sha256 of the whole certificate, lowercase hex
 */
public record CertificateSummary(
        String subject,
        String issuer,
        List<String> names,
        int nameCount,
        Instant notBefore,
        Instant notAfter,
        List<String> usages,
        String key,
        String signature,
        String spkiSha256,
        String sha256) {
    /** What a certificate needs for SASL EXTERNAL at peers that look at its usages. */
    public static final String CLIENT_AUTH = "clientAuth";

    private static final String ANY_USAGE = "any";
    private static final Map<String, String> USAGES = Map.of(
            "1.3.6.1.5.5.7.3.1", "serverAuth",
            "1.3.6.1.5.5.7.3.2", CLIENT_AUTH,
            "2.5.29.37.0", ANY_USAGE);
    private static final int MAX_CHAIN = 10;
    private static final int MAX_TEXT = 255;
    private static final int MAX_LISTED = 20;

    public CertificateSummary {
        names = List.copyOf(names);
        usages = List.copyOf(usages);
    }

    public static CertificateSummary of(X509Certificate certificate) {
        List<String> names = CertificateNames.describe(certificate);
        return new CertificateSummary(
                shown(certificate.getSubjectX500Principal().getName()),
                shown(certificate.getIssuerX500Principal().getName()),
                names == null
                        ? List.of()
                        : names.stream()
                                .limit(MAX_LISTED)
                                .map(CertificateSummary::shown)
                                .toList(),
                names == null ? -1 : names.size(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                usages(certificate),
                key(certificate.getPublicKey()),
                shown(certificate.getSigAlgName()),
                keySha256(certificate),
                sha256(encoded(certificate)));
    }

    /** Of a chain, leaf first, as sent: at most {@value #MAX_CHAIN}. */
    public static List<CertificateSummary> chain(List<X509Certificate> certificates) {
        return certificates.stream()
                .limit(MAX_CHAIN)
                .map(CertificateSummary::of)
                .toList();
    }

    /** SHA-256 of a certificate's subject public key info (RFC 7469 §2.4), lowercase hex. */
    static String keySha256(X509Certificate certificate) {
        return sha256(certificate.getPublicKey().getEncoded());
    }

    /** Whether a peer that looks at usages takes it from a client, as SASL EXTERNAL needs it (XEP-0178 §3). */
    public boolean isForClients() {
        return usages.isEmpty() || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
    }

    private static List<String> usages(X509Certificate certificate) {
        try {
            List<String> oids = certificate.getExtendedKeyUsage();
            return oids == null
                    ? List.of()
                    : oids.stream()
                            .limit(MAX_LISTED)
                            .map(oid -> USAGES.getOrDefault(oid, oid))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of("unreadable");
        }
    }

    private static String key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey ec
                ? "EC " + ec.getParams().getOrder().bitLength()
                : shown(String.valueOf(key.getAlgorithm()));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate cannot be encoded", e);
        }
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "\uFFFD");
        if (clean.length() <= MAX_TEXT) {
            return clean;
        }
        String note = "… (cut from " + clean.length() + " characters)";
        int end = MAX_TEXT - note.length();
        // Half a character is none.
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + note;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
