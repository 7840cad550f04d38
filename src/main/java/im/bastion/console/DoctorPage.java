// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.host.HostException;
import im.bastion.omemo.OmemoServices;
import im.bastion.omemo.doctor.Symptom;
import im.bastion.policy.Mode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** Why can they not encrypt? Asked by a GET, so that a question can be kept as a link. */
final class DoctorPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DoctorPage.class);
    private static final List<String> QUESTION = List.of("from", "to", "room");

    DoctorPage(ConsoleModel model, Presentation presentation) {
        super("doctor", model, presentation);
    }

    @Override
    DoctorView view(Frame frame, Form refused) {
        return new DoctorView(frame, "", "", "", List.of());
    }

    @Override
    DoctorView view(Frame frame, Form refused, Form address) {
        return new DoctorView(frame, address.text("from"), address.text("to"), address.text("room"), symptoms(address));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        OmemoServices omemo = model().omemo();
        JID owner = Jids.account(form.text("owner"), model().host().domain());
        if (omemo == null || owner == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.omemo.unknown");
        }
        try {
            return switch (form.text("action")) {
                case "repair" -> repaired(omemo, owner, form.text("node"), by);
                case "hide" -> hidden(omemo, owner, form.number("device"), by);
                default -> by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.omemo.unknown");
            };
        } catch (HostException e) {
            LOG.warn("What the doctor advised could not be done", e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.failed", e.getMessage());
        }
    }

    private Outcome repaired(OmemoServices omemo, JID owner, String node, Submitter by) {
        if (!omemo.repair().test(owner, node)) {
            return new Outcome.Done(Notice.UNCHANGED);
        }
        model().audit()
                .record(new AuditEvent(
                        model().clock().instant(),
                        "console",
                        by.admin(),
                        "node-repair-asked",
                        owner + " " + node,
                        null,
                        0,
                        Mode.ENFORCE,
                        ""));
        return new Outcome.Done(Notice.DONE);
    }

    private static Outcome hidden(OmemoServices omemo, JID owner, int device, Submitter by) {
        if (device < 1) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.omemo.unknown");
        }
        omemo.devices().hide(owner, device, by.admin());
        return new Outcome.Done(Notice.DONE);
    }

    @Override
    String kept(Form form) {
        return QUESTION.stream()
                .filter(name -> !form.text(name).isEmpty())
                .map(name -> "&" + name + "=" + URLEncoder.encode(form.text(name), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    private List<Symptom> symptoms(Form address) {
        OmemoServices omemo = model().omemo();
        String domain = model().host().domain();
        if (omemo == null) {
            return List.of();
        }
        JID from = Jids.account(address.text("from"), domain);
        JID to = Jids.account(address.text("to"), domain);
        JID room = room(address.text("room"));
        try {
            if (room != null) {
                return omemo.doctor().room(room);
            }
            if (from != null && to != null) {
                return omemo.doctor().pair(from, to);
            }
            return Stream.of(to == null ? from : to)
                    .filter(account -> account != null)
                    .flatMap(account -> omemo.doctor().account(account).stream())
                    .toList();
        } catch (HostException e) {
            LOG.warn("The doctor cannot look: {}", e.getMessage());
            return null;
        }
    }

    private JID room(String typed) {
        return model().host().rooms().serviceDomains().stream()
                .sorted()
                .findFirst()
                .map(service -> Jids.account(typed, service))
                .orElse(null);
    }
}
