// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;

/** The host's web console, inside whose frame and login Bastion's pages live. */
public interface AdminConsole {
    /**
     * Serves {@code plugins/bastion/<page>} with the servlet.
     *
     * @param page ends in ".jsp", because only there do the host's filters for login, locale and encoding apply
     */
    Subscription serve(String page, HttpServlet servlet);

    /** The user name of the logged-in admin, or null. */
    String admin(HttpServletRequest request);

    /** Puts a line into the host's own security audit log. */
    void log(String admin, String summary, String details);
}
