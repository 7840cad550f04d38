// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.host.Host;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.omemo.NodeSweep;
import im.bastion.omemo.OmemoFeature;
import im.bastion.omemo.SweepProgress;
import im.bastion.omemo.SweptNode;
import im.bastion.settings.Settings;
import java.time.Clock;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;

/**
 * Sweeps the server's nodes, with the first argument "dry" only to look; answers "done changed failed" and, without a second
 * argument, a line for each node.
 */
public final class SweepNodes implements InsideTask {
    @Override
    public String run(String... arguments) {
        Host host = BoundHost.now();
        Clock clock = Clock.systemUTC();
        try (Settings settings = new Settings(host.properties());
                OmemoFeature feature =
                        new OmemoFeature(host, settings, event -> {}, new Counters(), new Health(clock), clock)) {
            NodeSweep sweep = feature.sweep();
            if (!sweep.start(arguments[0].equals("dry"), "e2e")) {
                throw new IllegalStateException("A sweep is under way");
            }
            while (sweep.progress().endedAt() == null) {
                LockSupport.parkNanos(10_000_000);
            }
            SweepProgress end = sweep.progress();
            StringJoiner lines = new StringJoiner("\n");
            lines.add(end.done() + " " + end.changed() + " " + end.failed());
            for (int page = 0; arguments.length == 1 && page < end.pages(); page++) {
                for (SweptNode node : sweep.results(end.id(), page)) {
                    lines.add(node.owner() + " " + node.before().id() + " " + node.outcome());
                }
            }
            return lines.toString();
        }
    }
}
