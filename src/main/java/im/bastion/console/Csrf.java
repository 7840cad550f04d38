// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

/**
 * Proof that a form came from a page of ours. The token lives in the login session, not in a cookie: the host's own pages
 * overwrite their "csrf" cookie on every look, which would make a form in another tab stale.
 */
final class Csrf {
    static final String FIELD = "csrf";
    private static final String ATTRIBUTE = "bastion.csrf";
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Csrf() {}

    /** The session's token, made on first use. */
    static String token(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (session.getAttribute(ATTRIBUTE) instanceof String token) {
            return token;
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        session.setAttribute(ATTRIBUTE, token);
        return token;
    }

    /** Whether the form carries the session's token; compared in constant time. */
    static boolean matches(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String sent = request.getParameter(FIELD);
        return session != null
                && sent != null
                && session.getAttribute(ATTRIBUTE) instanceof String token
                && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
