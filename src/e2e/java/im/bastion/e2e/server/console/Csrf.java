// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jivesoftware.util.CookieUtils;
import org.jivesoftware.util.StringUtils;

/** The host's protection of forms: a cookie and a field that must agree. */
public final class Csrf {
    private static final String NAME = "csrf";

    private Csrf() {}

    /** A new token, set as the cookie; the form carries it in its field "csrf". */
    public static String renew(HttpServletRequest request, HttpServletResponse response) {
        String token = StringUtils.randomString(15);
        CookieUtils.setCookie(request, response, NAME, token, -1);
        return token;
    }

    /** Whether the request carries the token its cookie has. */
    public static boolean holds(HttpServletRequest request) {
        Cookie cookie = CookieUtils.getCookie(request, NAME);
        return cookie != null && cookie.getValue().equals(request.getParameter(NAME));
    }
}
