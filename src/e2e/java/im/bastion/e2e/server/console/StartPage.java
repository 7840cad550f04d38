// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.XMPPServerInfo;

/** What server this is; also where one logs out. */
public final class StartPage extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("logout") != null) {
            request.getSession().invalidate();
            response.sendRedirect("login.jsp");
            return;
        }
        if (request.getSession().getAttribute(LoginPage.TOKEN) == null) {
            response.sendRedirect(request.getContextPath() + "/login.jsp");
            return;
        }
        XMPPServerInfo server = XMPPServer.getInstance().getServerInfo();
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter()
                .write(
                        """
                        <html><head><title>Server Information</title>
                        <meta name="pageID" content="server-settings"></head>
                        <body><table class="list">
                        <tr><th>Domain</th><td>%s</td></tr>
                        <tr><th>Version</th><td>Openfire %s</td></tr>
                        <tr><th>Started</th><td>%s</td></tr>
                        <tr><th>Java</th><td>%s</td></tr>
                        </table></body></html>
                        """
                                .formatted(
                                        Html.escape(server.getXMPPDomain()),
                                        Html.escape(server.getVersion().getVersionString()),
                                        server.getLastStarted(),
                                        Html.escape(System.getProperty("java.version"))));
    }
}
