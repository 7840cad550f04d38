// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.AdminConsole;
import im.bastion.host.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;

/** Pages in a map; the logged-in admin is the request's remote user. */
public final class MemoryAdminConsole implements AdminConsole {
    private final Map<String, HttpServlet> pages = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Override
    public Subscription serve(String page, HttpServlet servlet) {
        if (!page.endsWith(".jsp")) {
            throw new IllegalArgumentException("A page ends in .jsp, not: " + page);
        }
        pages.put(page, servlet);
        return () -> pages.remove(page, servlet);
    }

    @Override
    public String admin(HttpServletRequest request) {
        return request.getRemoteUser();
    }

    @Override
    public void log(String admin, String summary, String details) {
        log.add(admin + ": " + summary + " (" + details + ")");
    }

    /** The servlet of that page, or null. */
    public HttpServlet page(String page) {
        return pages.get(page);
    }

    /** The lines of the security audit log, oldest first. */
    public List<String> log() {
        return List.copyOf(log);
    }
}
