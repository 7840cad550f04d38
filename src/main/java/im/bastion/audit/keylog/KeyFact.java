// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.store.TextColumns;
import java.time.Instant;
import java.util.Set;

/** What the log is told: an event; what was published, from which it sees itself what has changed; or to forget somebody. */
public sealed interface KeyFact permits KeyEvent, KeyFact.Devices, KeyFact.Keys, KeyFact.Erased {
    /** The bare JID of the account. */
    String account();

    /**
     * The account's list of devices is this now.
     *
     * @param generation the namespace of the OMEMO generation
     * @param actor as in {@link KeyEvent}
     */
    record Devices(Instant at, String account, String generation, Set<Integer> devices, String actor)
            implements KeyFact {
        public Devices {
            devices = Set.copyOf(devices);
            generation = TextColumns.fit(generation, KeyEvent.MAX_GENERATION);
        }
    }

    /**
     * The keys of a device are these now.
     *
     * @param fingerprint as in {@link KeyEvent}, not empty
     */
    record Keys(
            Instant at,
            String account,
            String generation,
            int device,
            String fingerprint,
            long signedPreKeyId,
            String actor)
            implements KeyFact {
        public Keys {
            generation = TextColumns.fit(generation, KeyEvent.MAX_GENERATION);
        }
    }

    /** The account is no more, and nothing shall tell which leaves are its. */
    record Erased(String account) implements KeyFact {}
}
