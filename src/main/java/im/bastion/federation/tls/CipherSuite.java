// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import java.util.stream.Stream;

/**
 * A cipher suite by its JSSE name.
 *
 * @param name empty on a plain stream
 */
public record CipherSuite(String name) {
    /** How a suite encrypts. */
    public enum Strength {
        /** Authenticated encryption: GCM, CCM, ChaCha20-Poly1305 (RFC 9325 §4.2). */
        AEAD,
        /** A block cipher of today in CBC mode. */
        CBC,
        /** What RFC 9325 §4.1 forbids, and whatever is not known. */
        WEAK;

        /** As it stands in a policy. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final String WITH = "_WITH_";

    /** Whether keys of past streams stay safe when the certificate's key gets known. Every suite of TLS 1.3 does that. */
    public boolean forwardSecret() {
        return isOfTls13() || ((name.contains("_ECDHE_") || name.contains("_DHE_")) && strength() != Strength.WEAK);
    }

    /** Unknown names are weak. */
    public Strength strength() {
        boolean weak = Stream.of("NULL", "anon", "EXPORT", "RC4", "RC2", "DES", "MD5", "IDEA")
                .anyMatch(name::contains);
        if (weak || name.isEmpty()) {
            return Strength.WEAK;
        }
        if (name.contains("_GCM_") || name.contains("_CCM") || name.contains("_POLY1305_")) {
            return Strength.AEAD;
        }
        return name.contains("_CBC_") ? Strength.CBC : Strength.WEAK;
    }

    private boolean isOfTls13() {
        return name.startsWith("TLS_") && !name.contains(WITH) && strength() == Strength.AEAD;
    }

    @Override
    public String toString() {
        return name;
    }
}
