// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import java.time.Instant;

/** One entry of the log as it is hashed. Says nothing about a person to who does not have that person's salt. */
public sealed interface Leaf {
    /** By the clock of the server, which may have gone backwards; the order of the leaves is the truth. */
    Instant at();

    /**
     * Something happened to somebody's device or keys.
     *
     * @param subject the account, committed to ({@link Commitments})
     * @param detail device, keys and actor, committed to
     */
    record Event(Instant at, KeyEvent.Kind kind, Hash subject, Hash detail) implements Leaf {}

    /**
     * From the next leaf on, heads are signed with another key.
     *
     * @param key raw Ed25519 public key
     * @param endorsement signature of the key before over this one; empty for the first, and where that key was lost
     */
    record Signer(Instant at, PublicKey key, String endorsement) implements Leaf {}

    /** An admin has confirmed that the log was set back to an earlier state, as by restoring a backup, from this head. */
    record Restored(Instant at, long size, Hash root) implements Leaf {}

    /** So many events found no place and are missing here. */
    record Lost(Instant at, long count) implements Leaf {}
}
