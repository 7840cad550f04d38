// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Capability;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The four guards at a glance. */
final class OverviewPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OverviewPage.class);
    private static final int AUDIT_ENTRIES = 20;

    OverviewPage(ConsoleModel model, Presentation presentation) {
        super("overview", model, presentation);
    }

    @Override
    OverviewView view(Frame frame, Form refused) {
        Texts texts = frame.texts();
        return new OverviewView(
                frame,
                new Diagnosis(model(), texts).problems(),
                model().guards().stream()
                        .map(g -> GuardCard.of(g, model(), texts))
                        .toList(),
                model().host().capabilities().all().stream()
                        .sorted(Comparator.comparing(Capability::present).thenComparing(Capability::guard))
                        .toList(),
                model().settings().broken(),
                model().health().of("database"),
                audit(),
                model().version(),
                model().host().product());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModeChange(model()).apply(form, by);
    }

    private List<AuditRow> audit() {
        try {
            return model().latestAudit().get().stream()
                    .limit(AUDIT_ENTRIES)
                    .map(AuditRow::of)
                    .toList();
        } catch (RuntimeException e) {
            LOG.warn("The audit log cannot be read for the overview", e);
            return null;
        }
    }
}
