// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One peer on one day in UTC. Immutable.
 *
 * @param shapes at most {@value #MAX_SHAPES}, in the order in which they were first seen
 * @param others sessions beyond these that were not told apart
 * @param failures attempts to reach it that came to nothing
 * @param users about how many of ours exchanged stanzas with it
 */
public record PeerDay(
        String domain,
        LocalDate day,
        List<Shape> shapes,
        long others,
        Traffic incoming,
        Traffic outgoing,
        long failures,
        UserSketch users) {
    static final int MAX_SHAPES = 32;

    public PeerDay {
        shapes = List.copyOf(shapes);
    }

    static PeerDay empty(String domain, LocalDate day) {
        return new PeerDay(domain, day, List.of(), 0, Traffic.NONE, Traffic.NONE, 0, UserSketch.NOBODY);
    }

    PeerDay with(Shape shape) {
        List<Shape> all = new ArrayList<>(shapes);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isLike(shape)) {
                all.set(i, all.get(i).plus(shape));
                return new PeerDay(domain, day, all, others, incoming, outgoing, failures, users);
            }
        }
        if (all.size() == MAX_SHAPES) {
            return new PeerDay(domain, day, all, others + shape.sessions(), incoming, outgoing, failures, users);
        }
        all.add(shape);
        return new PeerDay(domain, day, all, others, incoming, outgoing, failures, users);
    }

    PeerDay with(PeerTraffic.Counts counts) {
        return new PeerDay(
                domain,
                day,
                shapes,
                others,
                incoming.plus(counts.incoming()),
                outgoing.plus(counts.outgoing()),
                failures + counts.failures(),
                users.with(counts.users()));
    }

    /** The same day as two nodes saw it. */
    public PeerDay plus(PeerDay other) {
        PeerDay sum = with(new PeerTraffic.Counts(other.incoming, other.outgoing, other.failures, other.users));
        for (Shape shape : other.shapes) {
            sum = sum.with(shape);
        }
        return new PeerDay(
                domain,
                day,
                sum.shapes,
                sum.others + other.others,
                sum.incoming,
                sum.outgoing,
                sum.failures,
                sum.users);
    }

    /** How many sessions began. */
    public long sessions() {
        return others + shapes.stream().mapToLong(Shape::sessions).sum();
    }
}
