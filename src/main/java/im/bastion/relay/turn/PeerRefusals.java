// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The peers that clients wanted and may not have, grouped by reason and network. {@link #MAX_GROUPS} groups at most; beyond that
 * the one that was first is forgotten. Thread-safe.
 */
public final class PeerRefusals {
    static final int MAX_GROUPS = 256;

    /** Why a peer is refused. */
    public enum Reason {
        /** No public host has such an address. */
        RESERVED,
        /** The address is this machine's own. */
        OWN,
        /** An admin has put it out of reach. */
        DENIED,
        /** The database, or another node of the cluster. */
        INFRASTRUCTURE,
        /** No call of the user has named it. */
        UNSIGNALLED
    }

    /** A group. */
    private record Group(Reason reason, String range) {}

    /**
     * What was refused of a group.
     *
     * @param range the network, for example "10.0.0.0/8"
     * @param lastEpochSecond when it was last
     * @param lastUser whose request that was: the pseudonym
     */
    public record Refused(Reason reason, String range, long count, long lastEpochSecond, String lastUser) {}

    private final Map<Group, Refused> byGroup = new LinkedHashMap<>();

    synchronized void count(PeerAddressPolicy.Denial denial, String user, long epochSecond) {
        Group group = new Group(denial.reason(), denial.range().toString());
        Refused before = byGroup.get(group);
        if (before == null && byGroup.size() == MAX_GROUPS) {
            byGroup.remove(byGroup.keySet().iterator().next());
        }
        long count = before == null ? 1 : before.count() + 1;
        byGroup.put(group, new Refused(group.reason(), group.range(), count, epochSecond, user));
    }

    /** All groups, what was refused most often first. */
    public synchronized List<Refused> all() {
        return byGroup.values().stream()
                .sorted(Comparator.comparingLong(Refused::count)
                        .reversed()
                        .thenComparing(Refused::reason)
                        .thenComparing(Refused::range))
                .toList();
    }
}
