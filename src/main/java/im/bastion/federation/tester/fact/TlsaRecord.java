// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * A TLSA record (RFC 6698 §2.1), as RFC 7671 wants it read.
 *
 * @param usage 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE
 * @param selector 0 the whole certificate, 1 its subject public key info
 * @param matching 0 as it is, 1 SHA-256, 2 SHA-512
 * @param data lowercase hex, at most {@value #MAX_BYTES} bytes
 */
public record TlsaRecord(int usage, int selector, int matching, String data) {
    private static final int MAX_BYTES = 4_096;
    private static final int PKIX_TA = 0;
    private static final int PKIX_EE = 1;
    private static final int DANE_TA = 2;
    private static final int DANE_EE = 3;
    private static final int SHA256_BYTES = 32;
    private static final int SHA512_BYTES = 64;

    /** @param data as it stands in the record; what is too long is cut, and then of no use */
    public static TlsaRecord of(int usage, int selector, int matching, byte[] data) {
        int length = Math.min(data.length, MAX_BYTES + 1);
        return new TlsaRecord(usage, selector, matching, HexFormat.of().formatHex(data, 0, length));
    }

    /** Whether it says something that we, and the RFC, know: the others are to be passed over (RFC 6698 §4.1). */
    public boolean isUsable() {
        int bytes = data.length() / 2;
        boolean sized = matching == 0
                ? bytes > 0 && bytes <= MAX_BYTES
                : bytes == (matching == 1 ? SHA256_BYTES : SHA512_BYTES);
        return usage >= PKIX_TA && usage <= DANE_EE && (selector | 1) == 1 && matching >= 0 && matching <= 2 && sized;
    }

    /**
     * Whether the chain is one that the record is for.
     *
     * @param chain leaf first, as sent
     * @param trusted whether it leads to an authority of the trust store and is for the peer
     */
    public boolean matches(List<X509Certificate> chain, boolean trusted) {
        if (chain.isEmpty() || !isUsable()) {
            return false;
        }
        return switch (usage) {
            case PKIX_TA -> trusted && chain.stream().skip(1).anyMatch(this::isOf);
            case PKIX_EE -> trusted && isOf(chain.get(0));
            case DANE_TA -> leadsToOne(chain);
            default -> isOf(chain.get(0));
        };
    }

    private boolean leadsToOne(List<X509Certificate> chain) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).checkValidity();
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                return false;
            }
            if (isOf(chain.get(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOf(X509Certificate certificate) {
        try {
            byte[] selected = selector == 0
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            byte[] matched =
                    switch (matching) {
                        case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
                        case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
                        default -> selected;
                    };
            return HexFormat.of().formatHex(matched).equals(data);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return usage + " " + selector + " " + matching + " " + data;
    }
}
