// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.util.Locale;

/** What one domain of a real server shows us: a certificate, a way to authenticate, or neither. */
public enum Face {
    /** TLS, a trusted certificate, SASL EXTERNAL. */
    EXTERNAL(Trick.HONEST),
    /** TLS, a trusted certificate, dialback alone. */
    DIALBACK(Trick.HONEST),
    SELF_SIGNED_CERTIFICATE(Trick.SELF_SIGNED_CERTIFICATE),
    EXPIRED_CERTIFICATE(Trick.EXPIRED_CERTIFICATE),
    WRONG_NAME(Trick.WRONG_NAME),
    /** No TLS at all. */
    NO_STARTTLS(null);

    private final Trick certificate;

    Face(Trick certificate) {
        this.certificate = certificate;
    }

    /** The domain with that face on a server of that name. */
    public String domain(String server) {
        return label() + "." + server + ".test";
    }

    /** Its name as it stands in domains and in docs/federation-verdicts.md. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whose certificate it shows; null for none. */
    Trick certificate() {
        return certificate;
    }
}
