// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.bench.Figure;
import im.bastion.federation.PeerSite.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Messages to a peer over one session with TLS, from a server with the federation guard in enforce and from one without
 * Bastion, round by round in turn.
 */
final class PeerCosts {
    /** The just-in-time compiler is busy for that long, and longer the more code there is. */
    private static final int WARM_UP = 100;

    private static final int ROUNDS = 61;
    /** Of each of the users. */
    private static final int MESSAGES = 1_000;

    private static final double WANTED = 0.98;
    private static final double NANOS_IN_MICROS = 1_000;

    private PeerCosts() {}

    /** Starts both servers and measures. */
    static List<Figure> measure() {
        try (PeerSite without = new PeerSite(false);
                PeerSite with = new PeerSite(true)) {
            List<Round> bare = new ArrayList<>();
            List<Round> ours = new ArrayList<>();
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                // In turn first and second, so that what one leaves behind is no advantage of the other.
                Round early = (i % 2 == 0 ? without : with).talk(MESSAGES);
                Round late = (i % 2 == 0 ? with : without).talk(MESSAGES);
                if (i >= 0) {
                    bare.add(i % 2 == 0 ? early : late);
                    ours.add(i % 2 == 0 ? late : early);
                }
            }
            return List.of(
                    figure("a message to a peer, delivered", ours, bare, Round::nanos, true),
                    figure("a message to a peer, processor time", ours, bare, Round::processorNanos, false));
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
                name,
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
