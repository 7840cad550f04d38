// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.observe.Sighting;
import im.bastion.federation.rule.ValidCertificateRule;
import im.bastion.federation.tls.CertificateSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says in what a session differs from what is known of its peer. Whoever is seen for the first time is believed: there is
 * nothing to compare it with.
 */
final class KeyComparison {
    private static final ValidCertificateRule VALID = new ValidCertificateRule();

    private final PeerKeys known;
    private final Sighting seen;
    private final String authority;
    private final Instant now;
    private final Protection protection;
    private final List<KeyAlert> changes = new ArrayList<>();

    private KeyComparison(PeerKeys known, Sighting seen, String authority, Instant now) {
        this.known = known;
        this.seen = seen;
        this.authority = authority;
        this.now = now;
        this.protection = protection(seen);
    }

    /** @param authority who vouches for the key; empty when nobody this server trusts does */
    static List<KeyAlert> of(PeerKeys known, Sighting seen, String authority, Instant now) {
        KeyComparison comparison = new KeyComparison(known, seen, authority, now);
        comparison.compare();
        return comparison.changes;
    }

    static Protection protection(Sighting seen) {
        return Protection.of(seen.facts(), flaw(seen).isEmpty());
    }

    private static Optional<String> flaw(Sighting seen) {
        return VALID.violation(seen.facts());
    }

    private void compare() {
        Protection best = known.best();
        if (protection.protocol().isEmpty()) {
            // Without TLS there is neither a certificate nor EXTERNAL: one change, not four.
            if (!best.protocol().isEmpty()) {
                add(KeyChange.NO_TLS, best.protocol(), "", "");
            }
            return;
        }
        if (protection.protocol().compareTo(best.protocol()) < 0) {
            add(KeyChange.OLDER_TLS, best.protocol(), protection.protocol(), "");
        }
        compareKeys(best);
        if (best.external() && !protection.external() && protection.valid()) {
            add(KeyChange.DIALBACK, "SASL EXTERNAL", "dialback", "");
        }
    }

    private void compareKeys(Protection best) {
        CertificateSummary leaf = seen.chain().isEmpty() ? null : seen.chain().get(0);
        KnownKey latest = known.latest();
        String before = latest == null ? "" : latest.spki();
        if (best.valid() && !protection.valid()) {
            add(
                    KeyChange.NOT_VALID,
                    before,
                    leaf == null ? "" : leaf.spkiSha256(),
                    flaw(seen).orElse(""));
            return;
        }
        if (leaf == null || latest == null) {
            return;
        }
        KnownKey same = known.key(leaf.spkiSha256());
        if (same == null) {
            newKey(before, leaf.spkiSha256());
        } else if (!same.certificate().equals(leaf.sha256()) && leaf.notAfter().isAfter(same.notAfter())) {
            add(KeyChange.RENEWED, same.certificate(), leaf.sha256(), "");
        }
    }

    private void newKey(String before, String after) {
        if (!protection.valid()) {
            add(KeyChange.UNVOUCHED_KEY, before, after, flaw(seen).orElse(""));
        } else if (known.authorities().contains(authority)) {
            add(KeyChange.NEW_KEY, before, after, authority);
        } else {
            String old = String.join(", ", known.authorities());
            add(KeyChange.NEW_AUTHORITY, before, after, old.isEmpty() ? authority : old + " → " + authority);
        }
    }

    private void add(KeyChange change, String before, String after, String detail) {
        KeyAlert alert = KeyAlert.of(known, change, before, after, detail, now);
        if (!known.accepted().contains(alert.id())) {
            changes.add(alert);
        }
    }
}
