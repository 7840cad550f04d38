// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.AdminConsole;
import im.bastion.host.HostException;
import im.bastion.host.Subscription;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;
import org.jivesoftware.openfire.auth.AuthToken;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.openfire.container.PluginServlet;
import org.jivesoftware.openfire.security.SecurityAuditManager;

/** Pages below plugins/bastion/ in Openfire's console. */
final class OpenfireAdminConsole implements AdminConsole {
    private static final String TOKEN = "jive.admin.authToken";

    private final PluginManager manager;
    private final Plugin plugin;

    OpenfireAdminConsole(PluginManager manager, Plugin plugin) {
        this.manager = manager;
        this.plugin = plugin;
    }

    @Override
    public Subscription serve(String page, HttpServlet servlet) {
        String url = "/" + page;
        try {
            PluginServlet.registerServlet(manager, plugin, servlet, url);
        } catch (ServletException e) {
            throw new HostException("The console did not take the page " + page, e);
        }
        return () -> {
            try {
                PluginServlet.unregisterServlet(plugin, url);
            } catch (ServletException e) {
                throw new HostException("The console did not let go of the page " + page, e);
            }
        };
    }

    @Override
    public String admin(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(TOKEN) instanceof AuthToken token ? token.getUsername() : null;
    }

    @Override
    public void log(String admin, String summary, String details) {
        SecurityAuditManager.getInstance().logEvent(admin, summary, details);
    }
}
