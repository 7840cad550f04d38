// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.openfire.auth.AuthFactory;
import org.jivesoftware.openfire.auth.AuthToken;

/** Logs an admin in: the fields and the session attribute are those of the host's own page. */
public final class LoginPage extends HttpServlet {
    static final String TOKEN = "jive.admin.authToken";
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AuthToken token = Csrf.holds(request) ? authenticated(request) : null;
        if (token == null) {
            show(request, response, "<p class=\"error\">Login failed: check the username and the password.</p>");
            return;
        }
        request.getSession().invalidate();
        request.getSession(true).setAttribute(TOKEN, token);
        String url = request.getParameter("url");
        response.sendRedirect(isLocal(url) ? url : request.getContextPath() + "/index.jsp");
    }

    private static AuthToken authenticated(HttpServletRequest request) {
        String username = request.getParameter("username");
        String password = request.getParameter("password");
        if (username == null || password == null || !AdminManager.getInstance().isUserAdmin(username, true)) {
            return null;
        }
        try {
            return AuthFactory.authenticate(username, password);
        } catch (Exception e) {
            // Whatever is wrong with the login, the page says only that it failed.
            return null;
        }
    }

    private static boolean isLocal(String url) {
        return url != null && url.startsWith("/") && !url.startsWith("//");
    }

    private static void show(HttpServletRequest request, HttpServletResponse response, String error)
            throws IOException {
        String token = Csrf.renew(request, response);
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter()
                .write(
                        """
                        <!DOCTYPE html>
                        <html lang="en">
                        <head><meta charset="utf-8"><title>Openfire Admin Console</title>
                        <link rel="stylesheet" href="style.css"></head>
                        <body><form id="login" name="loginForm" action="login.jsp" method="post">
                        <h1>Openfire Administration Console</h1>
                        %s
                        <input type="hidden" name="csrf" value="%s">
                        <input type="hidden" name="login" value="true">
                        <input type="hidden" name="url" value="%s">
                        <label>username <input type="text" name="username" autofocus></label>
                        <label>password <input type="password" name="password"></label>
                        <input type="submit" value="Login">
                        </form></body>
                        </html>
                        """
                                .formatted(error, token, Html.escape(request.getParameter("url"))));
    }
}
