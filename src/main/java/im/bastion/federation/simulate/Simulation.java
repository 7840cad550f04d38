// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.observe.Shape;
import im.bastion.federation.observe.UserSketch;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.federation.policy.PeerVerdict.Standing;
import im.bastion.host.ServerSession.Direction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what was seen of peers by two policies and adds up where they differ. Sessions are judged as they were seen, by
 * exceptions as they hold at the time given. Pure; used once by one thread. Tells {@value #MAX_WAYS} peers and directions
 * apart.
 */
final class Simulation {
    private static final int MAX_WAYS = 100_000;
    private static final Comparator<PeerImpact> ORDER = Comparator.comparing(PeerImpact::change)
            .thenComparing(Comparator.comparingLong(PeerImpact::stanzas).reversed())
            .thenComparing(PeerImpact::domain)
            .thenComparing(PeerImpact::direction);

    private record Way(String domain, Direction direction) {}

    private final FederationPolicy inForce;
    private final FederationPolicy draft;
    private final Instant at;
    private final Map<Way, Tally> ways = new HashMap<>();
    private final Set<String> peers = new HashSet<>();
    private long sessions;
    private long untold;

    Simulation(FederationPolicy inForce, FederationPolicy draft, Instant at) {
        this.inForce = inForce;
        this.draft = draft;
        this.at = at;
    }

    void add(PeerDay day) {
        sessions += day.sessions();
        untold += day.others();
        for (Direction direction : Direction.values()) {
            List<Shape> shapes = day.shapes().stream()
                    .filter(shape -> shape.facts().direction() == direction)
                    .toList();
            if (!shapes.isEmpty()) {
                add(new Way(day.domain(), direction), day, shapes);
            }
        }
    }

    Impact result(LocalDate first, LocalDate last) {
        UserSketch users = UserSketch.NOBODY;
        for (Tally tally : ways.values()) {
            if (tally.change() == Change.CUT_OFF) {
                users = users.with(tally.cut.users);
            }
        }
        List<PeerImpact> changes = ways.entrySet().stream()
                .filter(entry -> entry.getValue().change() != null)
                .map(entry -> entry.getValue().impact(entry.getKey()))
                .sorted(ORDER)
                .toList();
        return new Impact(first, last, peers.size(), sessions, untold, changes, users.count());
    }

    private void add(Way way, PeerDay day, List<Shape> shapes) {
        Tally tally = ways.get(way);
        if (tally == null && ways.size() >= MAX_WAYS) {
            untold += shapes.stream().mapToLong(Shape::sessions).sum();
            return;
        }
        if (tally == null) {
            tally = new Tally();
            ways.put(way, tally);
            peers.add(way.domain());
        }
        int cut = 0;
        int letIn = 0;
        for (Shape shape : shapes) {
            PeerVerdict now = inForce.judge(shape.facts(), at);
            PeerVerdict then = draft.judge(shape.facts(), at);
            boolean refusedNow = now.standing() == Standing.REFUSED;
            boolean refusedThen = then.standing() == Standing.REFUSED;
            if (refusedThen && !refusedNow) {
                tally.cut.add(shape, then);
                cut++;
            } else if (refusedNow && !refusedThen) {
                tally.letIn.add(shape, now);
                letIn++;
            }
            tally.sessions += shape.sessions();
            tally.last = later(tally.last, shape.last());
        }
        boolean incoming = way.direction() == Direction.INCOMING;
        if (cut > 0) {
            tally.cut.add(
                    incoming ? day.incoming().stanzas() : day.outgoing().stanzas(), cut < shapes.size(), day.users());
        }
        if (letIn > 0) {
            tally.letIn.add(
                    incoming ? day.incoming().refused() : day.outgoing().refused(), letIn < shapes.size(), day.users());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    /** The sessions of one peer in one direction. */
    private static final class Tally {
        private final Part cut = new Part();
        private final Part letIn = new Part();
        private long sessions;
        private Instant last = Instant.MIN;

        /** Null when nothing would. */
        Change change() {
            if (cut.verdict != null) {
                return cut.last.equals(last) ? Change.CUT_OFF : Change.PARTLY;
            }
            return letIn.verdict != null && letIn.last.equals(last) ? Change.LET_IN : null;
        }

        PeerImpact impact(Way way) {
            Part part = cut.verdict != null ? cut : letIn;
            return new PeerImpact(
                    way.domain(),
                    way.direction(),
                    change(),
                    part.verdict.rule(),
                    part.verdict.reason(),
                    part.sessions,
                    sessions,
                    part.stanzas,
                    part.mixed,
                    part.users.count(),
                    part.last);
        }
    }

    /** Those of them to which the same happens. */
    private static final class Part {
        private long sessions;
        private long stanzas;
        private boolean mixed;
        private UserSketch users = UserSketch.NOBODY;
        private Instant last = Instant.MIN;
        private PeerVerdict verdict;

        void add(Shape shape, PeerVerdict objection) {
            sessions += shape.sessions();
            if (verdict == null || shape.last().isAfter(last)) {
                verdict = objection;
                last = shape.last();
            }
        }

        void add(long dayStanzas, boolean dayMixed, UserSketch dayUsers) {
            stanzas += dayStanzas;
            mixed |= dayMixed;
            users = users.with(dayUsers);
        }
    }
}
