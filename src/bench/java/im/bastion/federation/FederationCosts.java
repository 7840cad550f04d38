// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.bench.Figure;
import java.util.ArrayList;
import java.util.List;

/** What the federation guard costs beyond single calls: a server's throughput, a simulation, and memory. */
public final class FederationCosts {
    private FederationCosts() {}

    /** Measures all of it; takes some minutes. */
    public static List<Figure> measure() {
        List<Figure> figures = new ArrayList<>(PeerMemory.measure());
        figures.addAll(SimulatorCosts.measure());
        figures.addAll(PeerCosts.measure());
        return figures;
    }
}
