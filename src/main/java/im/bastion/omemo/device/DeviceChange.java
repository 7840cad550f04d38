// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Instant;
import org.xmpp.packet.JID;

/**
 * Something that happened to an account's device list or keys.
 *
 * @param owner bare JID
 * @param generation null for what concerns the device in all of them
 * @param fingerprint the identity key as 64 lowercase hex digits; empty where it is not about a key
 * @param signedPreKeyId or {@link #NO_PREKEY}
 * @param actor the client's full JID, an admin's name, or "bastion"
 */
public record DeviceChange(
        Instant at,
        Kind kind,
        JID owner,
        OmemoGeneration generation,
        int device,
        String fingerprint,
        long signedPreKeyId,
        String actor) {
    /** Where it is not about a signed prekey. */
    public static final long NO_PREKEY = -1;

    /** What happened. */
    public enum Kind {
        LISTED,
        UNLISTED,
        KEYS_PUBLISHED,
        IDENTITY_CHANGED,
        SIGNED_PREKEY_CHANGED,
        KEYS_REMOVED,
        REVOKED,
        READMITTED,
        HIDDEN,
        SHOWN
    }

    /** Hears of changes, on the book's own thread. */
    @FunctionalInterface
    public interface Listener {
        /** Called once for each change, in order. Should not wait. */
        void changed(DeviceChange change);
    }
}
