// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.Mode;
import im.bastion.relay.LiveAllocation;
import im.bastion.relay.RelayTraffic;
import java.util.List;
import javax.servlet.http.HttpServletResponse;

/** The allocations that live, what goes through them and how well; and the peers that were refused. */
final class AllocationsPage extends Page {
    private static final long serialVersionUID = 1L;

    AllocationsPage(ConsoleModel model, Presentation presentation) {
        super("allocations", model, presentation);
    }

    @Override
    AllocationsView view(Frame frame, Form refused) {
        if (model().relay() == null) {
            return new AllocationsView(frame, null, null, List.of(), null, List.of(), List.of());
        }
        RelayTraffic traffic = model().relay().traffic();
        List<LiveAllocation> live = traffic.live();
        long wanted = frame.query().number("allocation", 0);
        LiveAllocation chosen = live.stream()
                .filter(each -> each.traffic().id() == wanted)
                .findFirst()
                .orElse(null);
        TrafficCharts charts = new TrafficCharts(frame);
        return new AllocationsView(
                frame,
                traffic.capacity(),
                Paged.of(live, frame.query()),
                charts.of("all", traffic.course()),
                chosen,
                chosen == null ? List.of() : charts.of("one", traffic.course(wanted)),
                traffic.refused());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        int id = form.number("allocation");
        if (!form.text("action").equals("end") || id < 1 || model().relay() == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.allocations.refused");
        }
        String owner = model().relay().traffic().end(id);
        if (owner == null) {
            return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.allocations.gone");
        }
        model().audit()
                .record(new AuditEvent(
                        model().clock().instant(),
                        "relay",
                        by.admin(),
                        "allocation-ended",
                        owner,
                        null,
                        0,
                        Mode.ENFORCE,
                        "allocation " + id));
        return new Outcome.Done(Notice.DONE);
    }
}
