// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.policy.Severity;
import java.util.Locale;

/** What may be worth a look about the keys of a peer, or about this server's own. */
public enum KeyChange {
    /** Another certificate for a known key. */
    RENEWED(Severity.INFO),
    /** A new key, certified by an authority that certified the peer before. */
    NEW_KEY(Severity.WARNING),
    /** A new key, certified by an authority that never certified the peer. */
    NEW_AUTHORITY(Severity.ERROR),
    /** A new key of a peer whose certificates nobody ever vouched for. */
    UNVOUCHED_KEY(Severity.ERROR),
    /** The peer had a valid certificate and now presents none, or one that is not. */
    NOT_VALID(Severity.ERROR),
    /** No encryption where there was some: what an attacker on the path does (RFC 7590 §3.1). */
    NO_TLS(Severity.ERROR),
    /** An older version of TLS than was ever agreed on with the peer. */
    OLDER_TLS(Severity.ERROR),
    /** Dialback where SASL EXTERNAL was used before. */
    DIALBACK(Severity.WARNING),
    /** The peer's certificate ends soon. */
    EXPIRING(Severity.WARNING),
    /** This server's certificate ends soon. */
    OWN_EXPIRING(Severity.WARNING),
    OWN_EXPIRED(Severity.ERROR),
    /** This server's certificate is not for clients: strict peers refuse SASL EXTERNAL with it (RFC 5280 §4.2.1.12). */
    OWN_NOT_FOR_CLIENTS(Severity.WARNING);

    private final Severity severity;

    KeyChange(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** In kebab-case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is about a session that was weaker than others: another one may be again. */
    public boolean isWeakening() {
        return this == NOT_VALID || this == NO_TLS || this == OLDER_TLS || this == DIALBACK;
    }

    /** Whether there may be a key to pin in it. */
    boolean isOfKey() {
        return this == NEW_KEY || this == NEW_AUTHORITY || this == UNVOUCHED_KEY || this == NOT_VALID;
    }

    /** Whether it holds for a certificate as long as that is in use, and is over when it is not. */
    boolean isOfCertificate() {
        return this == EXPIRING || this == OWN_EXPIRING || this == OWN_EXPIRED || this == OWN_NOT_FOR_CLIENTS;
    }
}
