// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.Mode;
import im.bastion.relay.OutsideTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Gives the admin's browser what it needs to be a client of the relay for a test, as JSON. */
final class RelayTestTicket extends HttpServlet {
    static final String FILE = "bastion-relay-ticket.jsp";
    private static final long serialVersionUID = 1L;

    private final transient ConsoleModel model;

    RelayTestTicket(ConsoleModel model) {
        this.model = model;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String admin = model.host().adminConsole().admin(request);
        if (admin == null || !Csrf.matches(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        OutsideTest test = model.relay() == null ? null : model.relay().outside();
        if (test == null) {
            response.sendError(HttpServletResponse.SC_CONFLICT);
            return;
        }
        model.audit()
                .record(new AuditEvent(
                        model.clock().instant(),
                        "console",
                        admin,
                        "test-credential",
                        "relay",
                        null,
                        0,
                        Mode.ENFORCE,
                        ""));
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(json(test).getBytes(StandardCharsets.UTF_8));
    }

    /** Names, addresses, digits and Base64: nothing that JSON has to escape. */
    private static String json(OutsideTest test) {
        String uris = test.uris().stream().map(uri -> '"' + uri + '"').collect(Collectors.joining(","));
        return "{\"uris\":[%s],\"username\":\"%s\",\"credential\":\"%s\"}"
                .formatted(uris, test.username(), test.password());
    }
}
