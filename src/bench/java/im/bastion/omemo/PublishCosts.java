// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.bench.Figure;
import im.bastion.e2e.omemo.Crowd;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import java.util.Arrays;
import java.util.List;

/**
 * Publishes of a device list a second, by 100 clients at once, on a server with Bastion and on one without, round by round
 * in turn; with Bastion both when a result waits for the database and when it does not.
 */
public final class PublishCosts {
    private static final int CLIENTS = 100;
    private static final int EACH = 10;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 11;
    private static final double NANOS = 1e9;

    private PublishCosts() {}

    /** Starts both servers and measures. */
    public static List<Figure> measure() {
        try (OpenfireServer without = new OpenfireServer(ServerOptions.defaults()).start();
                OpenfireServer with =
                        new OpenfireServer(ServerOptions.defaults().bastion()).start();
                Crowd bare = Crowd.gather(without, "crowd", CLIENTS);
                Crowd guarded = Crowd.gather(with, "crowd", CLIENTS)) {
            double[] stock = new double[ROUNDS];
            double[] durable = new double[ROUNDS];
            double[] quick = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double first = rate(bare);
                with.setProperty(OmemoSettings.DURABLE.key(), "true");
                double second = rate(guarded);
                with.setProperty(OmemoSettings.DURABLE.key(), "false");
                double third = rate(guarded);
                if (round >= 0) {
                    stock[round] = first;
                    durable[round] = second;
                    quick[round] = third;
                }
            }
            return List.of(
                    figure("publishes, in the database before the result", durable, stock),
                    figure("publishes, durability off", quick, stock));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rate(Crowd crowd) throws Exception {
        long begin = System.nanoTime();
        for (int i = 1; i <= EACH; i++) {
            if (crowd.publish(i) != CLIENTS) {
                throw new IllegalStateException("Not all were acknowledged");
            }
        }
        return CLIENTS * EACH / ((System.nanoTime() - begin) / NANOS);
    }

    private static Figure figure(String name, double[] ours, double[] stock) {
        double[] mine = ours.clone();
        double[] other = stock.clone();
        Arrays.sort(mine);
        Arrays.sort(other);
        return new Figure(
                name,
                mine[ROUNDS / 2],
                "1/s",
                other[ROUNDS / 2],
                "without Bastion",
                Double.NaN,
                ROUNDS,
                (mine[ROUNDS - 1] - mine[0]) / mine[ROUNDS / 2]);
    }
}
