// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.bench.Figure;
import im.bastion.moderation.RoomSite.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Messages through a room of 100 connected clients, on a server with Bastion and the proposed rules enforced, and on one
 * without, round by round in turn. Where the server does not give messages the two ids that Bastion then gives them, what
 * is said on the other one carries such ids from the start: the same is delivered on both.
 */
public final class RoomCosts {
    /** The just-in-time compiler is busy for that long, and longer the more code there is. */
    private static final int WARM_UP = 240;

    private static final int ROUNDS = 31;
    private static final int MESSAGES = 150;
    private static final double WANTED = 0.98;
    private static final double NANOS_IN_MICROS = 1_000;

    private RoomCosts() {}

    /** Starts both servers and measures. */
    public static List<Figure> measure() {
        try (RoomSite without = new RoomSite(false);
                RoomSite with = new RoomSite(true)) {
            List<Round> bare = new ArrayList<>();
            List<Round> ours = new ArrayList<>();
            boolean stamped = !without.givesIds();
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                // In turn first and second, so that what one leaves behind is no advantage of the other.
                Round early = i % 2 == 0 ? without.talk(MESSAGES, stamped) : with.talk(MESSAGES, false);
                Round late = i % 2 == 0 ? with.talk(MESSAGES, false) : without.talk(MESSAGES, stamped);
                if (i >= 0) {
                    bare.add(i % 2 == 0 ? early : late);
                    ours.add(i % 2 == 0 ? late : early);
                }
            }
            return List.of(
                    figure("delivered to all", ours, bare, Round::nanos, true),
                    figure("server's processor time", ours, bare, Round::processorNanos, false));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Figure figure(
            String name, List<Round> ours, List<Round> bare, ToDoubleFunction<Round> of, boolean isGoal) {
        double[] mine = sorted(ours, of);
        double[] other = sorted(bare, of);
        double baseline = other[other.length / 2];
        return new Figure(
                RoomSite.OCCUPANTS + " occupants, a message " + name,
                mine[mine.length / 2],
                "µs",
                baseline,
                "without Bastion",
                isGoal ? baseline / WANTED : Double.NaN,
                ROUNDS,
                (mine[mine.length - 1] - mine[0]) / mine[mine.length / 2]);
    }

    private static double[] sorted(List<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream()
                .mapToDouble(round -> of.applyAsDouble(round) / NANOS_IN_MICROS)
                .sorted()
                .toArray();
    }
}
