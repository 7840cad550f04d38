// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.util.Iterator;
import java.util.Optional;

/** Finds the first place where a chain is not what was written. Holds no state, does no I/O. */
public final class AuditVerifier {
    /**
     * The first bad place.
     *
     * @param sequence of the entry that is bad or missing
     * @param reason in words for the admin
     */
    public record Flaw(long sequence, String reason) {}

    private AuditVerifier() {}

    /**
     * Checks a whole chain; empty when nothing was changed, removed, inserted or moved.
     *
     * @param entries from the first to the last, in order of their sequence
     * @param head the end of the chain, kept apart from the entries
     */
    public static Optional<Flaw> verify(Iterator<AuditEntry> entries, ChainHead head) {
        ChainHead last = ChainHead.EMPTY;
        while (entries.hasNext()) {
            AuditEntry entry = entries.next();
            Optional<Flaw> flaw = entry.sequence() > head.sequence() ? inserted(entry) : flawAfter(last, entry);
            if (flaw.isPresent()) {
                return flaw;
            }
            last = ChainHead.at(entry);
        }
        if (last.sequence() < head.sequence()) {
            return flaw(
                    last.sequence() + 1,
                    "is missing: the log ends after entry " + last.sequence() + " but was " + head.sequence()
                            + " long");
        }
        return last.equals(head) ? Optional.empty() : flaw(head.sequence(), "is not the entry the log ended with");
    }

    /** The flaw that any entry after the head is, given those entries. */
    static Optional<Flaw> beyond(Iterator<AuditEntry> entries) {
        return entries.hasNext() ? inserted(entries.next()) : Optional.empty();
    }

    private static Optional<Flaw> flawAfter(ChainHead last, AuditEntry entry) {
        long expected = last.sequence() + 1;
        if (entry.sequence() > expected) {
            return flaw(expected, "is missing: entry " + entry.sequence() + " comes after entry " + last.sequence());
        }
        if (entry.sequence() < expected) {
            return flaw(entry.sequence(), "comes a second time");
        }
        if (!entry.previousHash().equals(last.hash())) {
            return flaw(expected, "is not the one that was written after entry " + last.sequence());
        }
        return HashChain.hashOf(entry).equals(entry.hash())
                ? Optional.empty()
                : flaw(expected, "was changed after it was written");
    }

    private static Optional<Flaw> inserted(AuditEntry entry) {
        return flaw(entry.sequence(), "was inserted: the log was not that long");
    }

    private static Optional<Flaw> flaw(long sequence, String reason) {
        return Optional.of(new Flaw(sequence, "Entry " + sequence + " " + reason));
    }
}
