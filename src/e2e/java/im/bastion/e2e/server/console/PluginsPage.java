// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.Part;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.openfire.container.PluginMetadata;

/** Lists, uploads, reloads and deletes plugins, with the parameters of the host's own page. */
public final class PluginsPage extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String token = Csrf.renew(request, response);
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, PluginMetadata> plugin :
                plugins().getMetadataExtractedPlugins().entrySet()) {
            if (!plugin.getKey().equals("admin")) {
                rows.append(row(plugin.getKey(), plugin.getValue(), token));
            }
        }
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter()
                .write(
                        """
                        <html><head><title>Plugins</title><meta name="pageID" content="plugin-settings"></head>
                        <body>%s<table class="list">
                        <tr><th>Plugin</th><th>Description</th><th>Version</th><th>Reload</th><th>Delete</th></tr>
                        %s</table>
                        <h3>Upload Plugin</h3>
                        <p>Plugin files (.jar) can be uploaded directly by using the form below.</p>
                        <form action="plugin-admin.jsp?uploadplugin&amp;csrf=%s" enctype="multipart/form-data" method="post">
                        <input type="file" name="uploadfile"> <input type="submit" value="Upload Plugin">
                        </form></body></html>
                        """
                                .formatted(outcome(request), rows, token));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!Csrf.holds(request)) {
            response.sendRedirect("plugin-admin.jsp?csrf-failure=true");
        } else if (request.getParameter("uploadplugin") != null) {
            response.sendRedirect("plugin-admin.jsp?uploadsuccess=" + upload(request));
        } else if (request.getParameter("reloadplugin") != null) {
            response.sendRedirect(
                    "plugin-admin.jsp?reloadsuccess=" + plugins().reloadPlugin(request.getParameter("reloadplugin")));
        } else if (request.getParameter("deleteplugin") != null) {
            plugins().deletePlugin(request.getParameter("deleteplugin"));
            response.sendRedirect("plugin-admin.jsp?deletesuccess=true");
        }
    }

    private static boolean upload(HttpServletRequest request) throws IOException, ServletException {
        Part file = request.getPart("uploadfile");
        if (file == null || file.getSubmittedFileName() == null) {
            return false;
        }
        try (InputStream in = file.getInputStream()) {
            return plugins().installPlugin(in, file.getSubmittedFileName());
        }
    }

    private static String row(String name, PluginMetadata plugin, String token) {
        return "<tr><td><strong>%s</strong></td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n"
                .formatted(
                        Html.escape(plugin.getName()),
                        Html.escape(plugin.getDescription()),
                        Html.escape(String.valueOf(plugin.getVersion())),
                        button("reloadplugin", name, token, "Reload"),
                        button("deleteplugin", name, token, "Delete"));
    }

    private static String button(String action, String plugin, String token, String label) {
        return "<form action=\"plugin-admin.jsp\" method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"%s\">"
                        .formatted(token)
                + "<button name=\"%s\" value=\"%s\">%s</button></form>".formatted(action, Html.escape(plugin), label);
    }

    private static String outcome(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return "";
        }
        boolean success = request.getQueryString().endsWith("success=true");
        return success ? "<p class=\"success\">Done.</p>" : "<p class=\"error\">That did not work; see the log.</p>";
    }

    private static PluginManager plugins() {
        return XMPPServer.getInstance().getPluginManager();
    }
}
