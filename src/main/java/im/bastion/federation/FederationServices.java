// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.key.KeyWatch;
import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerHistory;
import im.bastion.federation.report.FederationReport;
import im.bastion.federation.simulate.Simulator;
import im.bastion.federation.tester.PeerTests;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the console may ask of the federation guard and do with it.
 *
 * @param sessions those that live on this node now, one row for each remote domain they carry
 * @param editor where the policy is changed
 * @param history the peers that are known
 * @param store their days and certificates; asks the database
 * @param keys what is known of peers' keys, and the alerts about them
 * @param simulator tries drafts of the policy on these days
 * @param commits changes that are undone unless they are confirmed
 * @param report the summary of one day
 * @param tests of peers, with sockets of their own
 */
public record FederationServices(
        Supplier<List<PeerSession>> sessions,
        PolicyEditor editor,
        PeerHistory history,
        HistoryStore store,
        KeyWatch keys,
        Simulator simulator,
        CommitConfirmed commits,
        FederationReport report,
        PeerTests tests) {}
