// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.PeerSession;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live server-to-server sessions and the guard's mode. */
final class FederationPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FederationPage.class);

    FederationPage(ConsoleModel model, Presentation presentation) {
        super("federation", model, presentation);
    }

    @Override
    FederationView view(Frame frame, Form refused) {
        GuardCard guard = GuardCard.of(model().guard("federation"), model(), frame.texts());
        return new FederationView(frame, guard, peers(), model().federation() == null ? null : CommitView.of(model()));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModeChange(model()).apply(form, by);
    }

    /** Those that fail first, then by name. */
    private List<PeerSession> peers() {
        if (model().federation() == null) {
            return null;
        }
        try {
            return model().federation().sessions().get().stream()
                    .sorted(Comparator.comparing(PeerSession::standing)
                            .reversed()
                            .thenComparing(PeerSession::remoteDomain)
                            .thenComparing(PeerSession::direction))
                    .toList();
        } catch (RuntimeException e) {
            LOG.warn("The server-to-server sessions cannot be listed", e);
            return null;
        }
    }
}
