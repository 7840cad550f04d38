// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.host.ServerSession.Direction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Counts stanzas by peer on the server's own threads: one map look-up and two additions for each, no lock and no allocation
 * for a known peer. Counts up to {@link #MAX_PEERS} peers between two collections; those beyond are not counted.
 */
public final class PeerTraffic {
    /** The most peers that are counted at once. */
    public static final int MAX_PEERS = 20_000;

    /** Every how many stanzas one is measured. */
    private static final int SAMPLE = 16;

    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** One way of one peer. */
    private static final class Lane {
        private final LongAdder stanzas = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        // Threads may lose each other's turns: then another stanza is measured, not fewer.
        private int turn;

        void count(Packet stanza) {
            stanzas.increment();
            if (turn++ % SAMPLE == 0) {
                bytes.add(SAMPLE * StanzaSize.of(stanza.getElement()));
            }
        }

        Traffic collect() {
            return new Traffic(stanzas.sumThenReset(), bytes.sumThenReset(), refused.sumThenReset());
        }
    }

    private static final class Tally {
        private final Lane incoming = new Lane();
        private final Lane outgoing = new Lane();
        private final LongAdder failures = new LongAdder();
        private final AtomicLongArray users = new AtomicLongArray(UserSketch.BITS / Long.SIZE);

        Lane lane(Direction direction) {
            return direction == Direction.INCOMING ? incoming : outgoing;
        }

        void user(JID user) {
            if (user == null || user.getNode() == null) {
                return;
            }
            int bit = UserSketch.bit(user.getNode());
            long mask = 1L << (bit & (Long.SIZE - 1));
            if ((users.get(bit / Long.SIZE) & mask) == 0) {
                users.getAndUpdate(bit / Long.SIZE, word -> word | mask);
            }
        }
    }

    /**
     * What was counted of a peer since the last collection.
     *
     * @param failures attempts to reach it that came to nothing
     */
    record Counts(Traffic incoming, Traffic outgoing, long failures, UserSketch users) {
        boolean isEmpty() {
            return incoming.equals(Traffic.NONE) && outgoing.equals(Traffic.NONE) && failures == 0;
        }
    }

    /**
     * A stanza passed.
     *
     * @param user on our side
     */
    public void passed(Direction direction, String domain, Packet stanza, JID user) {
        Tally tally = tally(domain);
        if (tally != null) {
            tally.lane(direction).count(stanza);
            tally.user(user);
        }
    }

    /** A stanza was stopped by a rule in enforce. */
    public void refused(Direction direction, String domain) {
        Tally tally = tally(domain);
        if (tally != null) {
            tally.lane(direction).refused.increment();
        }
    }

    /** The server could not reach the peer. */
    public void failed(String domain) {
        Tally tally = tally(domain);
        if (tally != null) {
            tally.failures.increment();
        }
    }

    /** What was counted since the last call, by domain. Peers of whom nothing came since then are not counted any more. */
    Map<String, Counts> collect() {
        Map<String, Counts> collected = new ConcurrentHashMap<>();
        tallies.forEach((domain, tally) -> {
            Counts counts = new Counts(
                    tally.incoming.collect(), tally.outgoing.collect(), tally.failures.sumThenReset(), users(tally));
            if (counts.isEmpty()) {
                tallies.remove(domain);
            } else {
                collected.put(domain, counts);
            }
        });
        return collected;
    }

    private static UserSketch users(Tally tally) {
        long[] words = new long[tally.users.length()];
        for (int i = 0; i < words.length; i++) {
            words[i] = tally.users.getAndSet(i, 0);
        }
        return UserSketch.of(words);
    }

    /** Null when there are too many. */
    private Tally tally(String domain) {
        Tally tally = tallies.get(domain);
        if (tally == null && tallies.size() < MAX_PEERS) {
            tally = tallies.computeIfAbsent(domain, d -> new Tally());
        }
        return tally;
    }
}
