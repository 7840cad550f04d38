// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.federation.tls.StreamFacts;
import java.time.Instant;

/**
 * Sessions that were alike, counted.
 *
 * @param address the peer's when it was last seen
 * @param certificate SHA-256 of the peer's, which is the name of its chain; empty when it sent none
 * @param sessions how many began
 */
public record Shape(StreamFacts facts, String address, String certificate, long sessions, Instant first, Instant last) {
    Shape seen(String addressNow, Instant now, long begun) {
        return new Shape(facts, addressNow, certificate, sessions + begun, first, now);
    }

    /** Whether the other's sessions are counted with these. */
    boolean isLike(Shape other) {
        return facts.equals(other.facts) && certificate.equals(other.certificate);
    }

    Shape plus(Shape other) {
        boolean later = other.last.isAfter(last);
        return new Shape(
                facts,
                later ? other.address : address,
                certificate,
                sessions + other.sessions,
                first.isBefore(other.first) ? first : other.first,
                later ? other.last : last);
    }
}
