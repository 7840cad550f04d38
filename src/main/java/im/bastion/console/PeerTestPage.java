// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.federation.FederationServices;
import im.bastion.federation.tester.PeerReport;
import im.bastion.federation.tester.PeerTestRun;
import im.bastion.federation.tester.PeerTests;
import im.bastion.federation.tester.stream.PeerName;
import im.bastion.policy.Mode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tests a peer in the background and shows what came of it: all tests, or those of the domain in the address. */
final class PeerTestPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PeerTestPage.class);
    private static final int TOO_MANY_REQUESTS = 429;

    PeerTestPage(ConsoleModel model, Presentation presentation) {
        super("test", model, presentation);
    }

    @Override
    PeerTestView view(Frame frame, Form refused) {
        return view(frame, refused, new Form(name -> null));
    }

    @Override
    PeerTestView view(Frame frame, Form refused, Form address) {
        FederationServices federation = model().federation();
        if (federation == null) {
            return new PeerTestView(frame, false, "", "", null, null);
        }
        String domain = domain(address.text("domain"));
        PeerTestRun run = domain.isEmpty() ? null : federation.tests().run(domain);
        return new PeerTestView(frame, true, address.text("domain"), domain, run, reports(federation.tests(), domain));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        FederationServices federation = model().federation();
        if (federation == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.policy.absent");
        }
        PeerTests.Asked asked = federation.tests().ask(form.text("domain"), by.admin());
        if (asked.refusal() != null) {
            return by.refuse(status(asked.refusal()), "bastion.test.refused." + Query.word(asked.refusal()));
        }
        String domain = asked.run().domain();
        model().audit()
                .record(new AuditEvent(
                        model().clock().instant(),
                        "federation",
                        by.admin(),
                        "peer-tested",
                        domain,
                        null,
                        0,
                        Mode.OBSERVE,
                        ""));
        model().host().adminConsole().log(by.admin(), "Bastion: another server was tested", domain);
        return new Outcome.Done(Notice.DONE);
    }

    /** The redirect leads to the tests of the domain. */
    @Override
    String kept(Form form) {
        String domain = domain(form.text("domain"));
        return domain.isEmpty() ? "" : "&domain=" + URLEncoder.encode(domain, StandardCharsets.UTF_8);
    }

    private static List<PeerReport> reports(PeerTests tests, String domain) {
        try {
            return domain.isEmpty() ? tests.store().latest() : tests.store().of(domain);
        } catch (SQLException e) {
            LOG.warn("The reports of tests cannot be read: {}", e.getMessage());
            return null;
        }
    }

    /** In A-labels; empty when it is none. */
    private static String domain(String text) {
        try {
            return PeerName.of(text).ascii();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int status(PeerTests.Refusal refusal) {
        return switch (refusal) {
            case NOT_A_DOMAIN, OWN_DOMAIN -> HttpServletResponse.SC_BAD_REQUEST;
            case TOO_OFTEN -> TOO_MANY_REQUESTS;
            case TOO_MANY_WAIT -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        };
    }
}
