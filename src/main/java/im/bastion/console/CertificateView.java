// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * What a page says of a peer's certificate. All texts come from the peer; the longest are cut.
 *
 * @param names the subject alternative names of type DNS, at most 20
 * @param sha256 of the whole certificate, lowercase hex in pairs; empty when it cannot be encoded
 * @param chain how many certificates the peer sent
 * @param distrust what the host's trust manager says against it; null when it trusts it
 */
public record CertificateView(
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        List<String> names,
        String sha256,
        int chain,
        String distrust) {
    private static final int MAX_NAMES = 20;
    private static final int MAX_TEXT = 256;
    private static final Integer DNS_NAME = 2;

    static CertificateView of(List<X509Certificate> chain, String distrust) {
        X509Certificate leaf = chain.get(0);
        return new CertificateView(
                cut(leaf.getSubjectX500Principal().getName()),
                cut(leaf.getIssuerX500Principal().getName()),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                names(leaf),
                sha256(leaf),
                chain.size(),
                distrust == null ? null : cut(distrust));
    }

    private static List<String> names(X509Certificate leaf) {
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            return alternatives == null
                    ? List.of()
                    : alternatives.stream()
                            .filter(name -> DNS_NAME.equals(name.get(0)))
                            .map(name -> cut(String.valueOf(name.get(1))))
                            .limit(MAX_NAMES)
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static String sha256(X509Certificate leaf) {
        try {
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            return "";
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
