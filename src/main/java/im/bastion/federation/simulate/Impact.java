// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import java.time.LocalDate;
import java.util.List;

/**
 * What a draft would have changed in some days.
 *
 * @param first day, in UTC
 * @param last day, in UTC
 * @param peers that were seen in a session
 * @param sessions that began
 * @param untold sessions among them that are not judged: the history does not tell them apart
 * @param changes those cut off first, of these those with the most stanzas
 * @param users about how many of ours exchanged stanzas with the peers that would be cut off
 */
public record Impact(
        LocalDate first, LocalDate last, long peers, long sessions, long untold, List<PeerImpact> changes, long users) {
    public Impact {
        changes = List.copyOf(changes);
    }

    /** How many peers something of that kind would happen to, in one direction or both. */
    public long peers(Change change) {
        return changes.stream()
                .filter(peer -> peer.change() == change)
                .map(PeerImpact::domain)
                .distinct()
                .count();
    }

    /** How many stanzas passed, at most, that would not have. */
    public long stanzas() {
        return changes.stream()
                .filter(peer -> peer.change() != Change.LET_IN)
                .mapToLong(PeerImpact::stanzas)
                .sum();
    }
}
