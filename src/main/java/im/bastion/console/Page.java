// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * One page of the console. A GET shows it and changes nothing; a POST needs the form's token, does one thing and sends
 * the browser back. Both need an admin, whatever the host's own filter has already checked.
 */
abstract class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient ConsoleModel model;
    private final transient Presentation presentation;

    Page(String name, ConsoleModel model, Presentation presentation) {
        this.name = name;
        this.model = model;
        this.presentation = presentation;
    }

    /** What the template of this page's name shows; {@code form} is null unless a form was refused. */
    abstract Object view(Frame frame, Form form);

    /**
     * As {@link #view(Frame, Form)}, for a page whose address says what of it is shown.
     *
     * @param address the parameters of the request
     */
    Object view(Frame frame, Form form, Form address) {
        return view(frame, form);
    }

    /** Does what the form asks for. */
    abstract Outcome act(Form form, Submitter by);

    final ConsoleModel model() {
        return model;
    }

    final String file() {
        return Frame.file(name);
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (admin(request, response) != null) {
            show(request, response, null);
        }
    }

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String admin = admin(request, response);
        if (admin == null) {
            return;
        }
        Submitter by = new Submitter(admin, presentation.library().in(request.getLocale()));
        Outcome outcome = Csrf.matches(request)
                ? act(new Form(request::getParameter), by)
                : by.refuse(HttpServletResponse.SC_FORBIDDEN, "bastion.refused.csrf");
        if (outcome instanceof Outcome.Done done) {
            response.sendRedirect(file() + "?done=" + done.notice().token());
        } else {
            show(request, response, (Outcome.Refused) outcome);
        }
    }

    private String admin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String admin = model.host().adminConsole().admin(request);
        if (admin == null) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
        return admin;
    }

    private void show(HttpServletRequest request, HttpServletResponse response, Outcome.Refused refused)
            throws IOException {
        Frame frame = new Frame(
                presentation.library().in(request.getLocale()),
                new Times(model.clock().instant(), model.clock().getZone()),
                name,
                Csrf.token(request),
                refused == null ? Notice.of(request.getParameter("done")) : null,
                refused == null ? null : refused.why());
        Form address = new Form(request::getParameter);
        String html = presentation.templates().render(name, view(frame, refused == null ? null : address, address));
        response.setStatus(refused == null ? HttpServletResponse.SC_OK : refused.status());
        response.setContentType("text/html; charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }
}
