// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.PeerSession;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.util.Comparator;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live server-to-server sessions, and the mode and rules they are held to. */
final class FederationPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FederationPage.class);
    private static final RuleId RULE = PeerRuleForm.RULE;

    FederationPage(ConsoleModel model, Presentation presentation) {
        super("federation", model, presentation);
    }

    @Override
    FederationView view(Frame frame, Form refused) {
        PolicyRow row = new RuleChange(model(), RULE).current();
        PeerRuleForm rule = refused != null && refused.text("action").equals(RuleChange.ACTION)
                ? PeerRuleForm.of(refused)
                : PeerRuleForm.of(row);
        GuardCard guard = GuardCard.of(model().guard("federation"), model(), frame.texts());
        return new FederationView(frame, guard, peers(), row, rule);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (form.text("action").equals(ModeChange.ACTION)) {
            return new ModeChange(model()).apply(form, by);
        }
        PeerRuleForm rule = PeerRuleForm.of(form);
        if (rule.mode() == null || rule.direction() == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.mode");
        }
        return new RuleChange(model(), RULE).apply(form.number("version"), rule.mode(), rule.body(), by);
    }

    /** Those that fail first, then by name. */
    private List<PeerSession> peers() {
        try {
            return model().peers().get().stream()
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
