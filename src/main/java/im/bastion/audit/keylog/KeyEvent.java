// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.store.TextColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Something that happened to an account's device list or keys.
 *
 * @param at when; milliseconds are kept
 * @param account bare JID
 * @param generation the namespace of the OMEMO generation; at most 64 characters are kept
 * @param device the device's id
 * @param fingerprint the identity key as a Curve25519 key, 64 lowercase hex digits (the same in all generations); empty
 *     where the event is not about a key, or the key could not be read
 * @param signedPreKeyId the id of the signed prekey, or {@link #NO_PREKEY}
 * @param actor who: the full JID of the client, an admin's name, or "bastion"; at most 512 characters are kept
 */
public record KeyEvent(
        Instant at,
        Kind kind,
        String account,
        String generation,
        int device,
        String fingerprint,
        long signedPreKeyId,
        String actor)
        implements KeyFact {
    /** Where the event is not about a signed prekey. */
    public static final long NO_PREKEY = -1;

    static final int MAX_ACTOR = 512;
    static final int MAX_GENERATION = 64;
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{64})?");

    /** What happened. The code stands in the log and never changes its meaning. */
    public enum Kind {
        DEVICE_LISTED(1),
        DEVICE_UNLISTED(2),
        /** The first keys of this device, or the first after they were removed. */
        KEYS_PUBLISHED(3),
        /** Keys of a device whose identity key was another before. */
        IDENTITY_CHANGED(4),
        SIGNED_PREKEY_CHANGED(5),
        KEYS_REMOVED(6),
        DEVICE_REVOKED(7),
        /** A revoked device may come back. */
        DEVICE_READMITTED(8),
        /** Readers are no longer shown the device. */
        DEVICE_HIDDEN(9),
        DEVICE_SHOWN(10);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /** The kind of that code, or null. */
        static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** @throws IllegalArgumentException when the fingerprint is not one */
    public KeyEvent {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw new IllegalArgumentException("A fingerprint is 64 lowercase hex digits");
        }
        generation = TextColumns.fit(generation, MAX_GENERATION);
        actor = TextColumns.fit(actor, MAX_ACTOR);
    }
}
