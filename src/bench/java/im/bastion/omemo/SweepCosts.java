// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.bench.Figure;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.omemo.StoreNodes;
import im.bastion.e2e.omemo.SweepNodes;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import java.util.List;

/** The sweep over 100,000 nodes as Openfire 4.2 made them, in a running server on its embedded database. */
public final class SweepCosts {
    private static final int NODES = 100_000;
    private static final double GOAL_SECONDS = 60;
    private static final double NANOS = 1e9;

    private SweepCosts() {}

    /** Starts a server, fills it and measures looking alone and repairing. */
    public static List<Figure> measure() {
        try (OpenfireServer server = new OpenfireServer(ServerOptions.defaults().bastion()).start()) {
            server.inside(StoreNodes.class, String.valueOf(NODES));
            return List.of(
                    figure("sweep over 100000 nodes, dry run", seconds(server, "dry", NODES)),
                    figure("sweep over 100000 nodes, all repaired", seconds(server, "repair", NODES)),
                    figure("sweep over 100000 nodes, all right", seconds(server, "repair", 0)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double seconds(OpenfireServer server, String how, int changed) throws Exception {
        long begin = System.nanoTime();
        String end = server.insidePlugin(BoundHost.PLUGIN, List.of(), SweepNodes.class, how, "counts");
        double seconds = (System.nanoTime() - begin) / NANOS;
        if (!end.equals(NODES + " " + changed + " 0")) {
            throw new IllegalStateException("The sweep ended with " + end);
        }
        return seconds;
    }

    private static Figure figure(String name, double seconds) {
        return new Figure(name, seconds, "s", Double.NaN, "", GOAL_SECONDS, 1, 0);
    }
}
