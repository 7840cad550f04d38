// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** Files of the key log for the verifier: the last head, the whole log, or what proves one account's events. */
final class KeyLogDownload extends HttpServlet {
    static final String FILE = "bastion-keylog-download.jsp";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(KeyLogDownload.class);

    private final transient ConsoleModel model;

    KeyLogDownload(ConsoleModel model) {
        this.model = model;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (model.host().adminConsole().admin(request) == null) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        KeyLog log = model.keyLog();
        KeyLog.Status status = log == null ? null : log.status();
        if (status == null || status.head() == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Form form = new Form(request::getParameter);
        try {
            switch (form.text("what")) {
                case "head" -> {
                    try (Writer out = writer(response, "keylog.head")) {
                        out.write(status.head().toText());
                    }
                }
                case "log" -> {
                    try (Writer out = writer(response, "keylog-" + status.size() + ".txt")) {
                        log.export(out);
                    }
                }
                case "proof" -> proof(log, form, response);
                default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        } catch (SQLException e) {
            LOG.warn("The key log cannot be read for a download: {}", e.getMessage());
            if (!response.isCommitted()) {
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    private void proof(KeyLog log, Form form, HttpServletResponse response) throws SQLException, IOException {
        JID account = Jids.account(form.text("account"), model.host().domain());
        StringBuilder proof = new StringBuilder();
        if (account == null || !log.proof(account.toString(), Math.max(0, form.number("since")), proof)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try (Writer out = writer(response, "keylog-proof.txt")) {
            out.append(proof);
        }
    }

    private static Writer writer(HttpServletResponse response, String name) throws IOException {
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        return new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    }
}
