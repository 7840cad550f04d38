// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.report.FederationReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The federation guard's summary of one day as a file. */
final class ReportDownload extends HttpServlet {
    static final String FILE = "bastion-federation-report.jsp";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ReportDownload.class);

    private final transient ConsoleModel model;

    ReportDownload(ConsoleModel model) {
        this.model = model;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (model.host().adminConsole().admin(request) == null) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Form form = new Form(request::getParameter);
        LocalDate day = day(form.text("day"));
        FederationReport.Format format = FederationReport.Format.of(form.text("format"));
        if (model.federation() == null || day == null || format == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(format.mediaType());
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"federation-" + day + "." + format.word() + "\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Not closed when reading fails: what is not sent yet must not be, so that the failure can be told.
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        try {
            model.federation().report().write(day, format, out);
            out.flush();
        } catch (SQLException e) {
            LOG.warn("The summary of {} cannot be read: {}", day, e.getMessage());
            if (!response.isCommitted()) {
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
