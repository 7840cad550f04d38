// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static im.bastion.audit.AuditFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
    private static final int LENGTH = 5;

    @Test
    void anEmptyLogIsWhole() {
        assertThat(AuditVerifier.verify(Collections.emptyIterator(), ChainHead.EMPTY))
                .isEmpty();
    }

    @Test
    void aLogAsWrittenIsWhole() {
        assertThat(flawAfter(entries -> {})).isEmpty();
    }

    @Test
    void theSameEventsInAnotherPlaceHaveOtherHashes() {
        List<AuditEntry> chain = chain();
        assertThat(chain).extracting(AuditEntry::hash).doesNotHaveDuplicates();
        assertThat(chain).extracting(e -> e.event().detail()).containsOnly("same");
    }

    @Test
    void findsAnEntryReplacedByItsOwnCopyWithAnotherId() {
        assertThat(flawAfter(entries -> {
                    AuditEntry e = entries.get(2);
                    entries.set(2, new AuditEntry(e.sequence(), new UUID(0, 0), e.event(), e.previousHash(), e.hash()));
                }))
                .contains(new AuditVerifier.Flaw(3, "Entry 3 was changed after it was written"));
    }

    /** Who changes an entry and computes its hash anew is found at the next one. */
    @Test
    void findsAnEntryChangedTogetherWithItsHash() {
        assertThat(flawAfter(entries -> {
                    AuditEntry e = entries.get(2);
                    ChainHead before = new ChainHead(2, e.previousHash());
                    entries.set(2, HashChain.next(before, new PendingEntry(e.id(), event("other"))));
                }))
                .hasValueSatisfying(flaw -> assertThat(flaw.sequence()).isEqualTo(4));
    }

    @Test
    void findsTheLastEntryChangedTogetherWithItsHash() {
        assertThat(flawAfter(entries -> {
                    AuditEntry e = entries.get(LENGTH - 1);
                    ChainHead before = new ChainHead(LENGTH - 1, e.previousHash());
                    entries.set(LENGTH - 1, HashChain.next(before, new PendingEntry(e.id(), event("other"))));
                }))
                .contains(new AuditVerifier.Flaw(LENGTH, "Entry 5 is not the entry the log ended with"));
    }

    @Test
    void findsALogThatWasEmptied() {
        assertThat(flawAfter(List::clear))
                .hasValueSatisfying(flaw -> assertThat(flaw.sequence()).isEqualTo(1));
    }

    @Test
    void findsSwappedEntries() {
        assertThat(flawAfter(entries -> Collections.swap(entries, 1, 2)))
                .hasValueSatisfying(flaw -> assertThat(flaw.sequence()).isEqualTo(2));
    }

    private static Optional<AuditVerifier.Flaw> flawAfter(Consumer<List<AuditEntry>> tampering) {
        List<AuditEntry> entries = chain();
        ChainHead head = ChainHead.at(entries.get(entries.size() - 1));
        tampering.accept(entries);
        return AuditVerifier.verify(entries.iterator(), head);
    }

    private static List<AuditEntry> chain() {
        List<AuditEntry> entries = new ArrayList<>();
        ChainHead head = ChainHead.EMPTY;
        for (int i = 0; i < LENGTH; i++) {
            AuditEntry entry = HashChain.next(head, new PendingEntry(new UUID(1, 1), event("same")));
            entries.add(entry);
            head = ChainHead.at(entry);
        }
        return entries;
    }
}
