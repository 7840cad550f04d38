// SPDX-License-Identifier: Apache-2.0
package im.bastion.plugin;

import im.bastion.gate.Gate;
import im.bastion.gate.Guard;
import im.bastion.host.Host;
import im.bastion.metric.Counters;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole product, from bottom to top. A feature that cannot start leaves the others running and says so. */
public final class Bastion implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bastion.class);

    private final Parts parts = new Parts();

    private Bastion() {}

    /** Builds and starts everything; {@link #close} undoes it in reverse. */
    public static Bastion start(Host host) {
        Bastion bastion = new Bastion();
        bastion.open(host);
        LOG.info("Bastion runs in {} for {}", host.product(), host.domain());
        return bastion;
    }

    private void open(Host host) {
        Counters counters = new Counters();
        List<Guard> guards = new ArrayList<>();
        Gate gate = new Gate(host.domain(), host.rooms(), host.serverSessions(), guards, counters);
        parts.opened(host.traffic().watch(gate));
    }

    @Override
    public void close() {
        parts.close();
    }
}
