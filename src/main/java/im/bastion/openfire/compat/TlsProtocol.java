// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import java.lang.invoke.MethodHandle;
import javax.net.ssl.SSLSession;
import org.jivesoftware.openfire.Connection;
import org.jivesoftware.openfire.session.LocalSession;
import org.jivesoftware.openfire.session.Session;

/**
 * The TLS version of a session. COMPAT(openfire<4.8): the session does not tell it; the TLS engine of its socket does.
 */
public final class TlsProtocol {
    private static final String CAPABILITY = "s2s.tls-protocol";
    private static final String GUARD = "federation";

    private final MethodHandle told;
    private final MethodHandle engine;
    private final MethodHandle engineSession;

    private TlsProtocol(MethodHandle told, MethodHandle engine, MethodHandle engineSession) {
        this.told = told;
        this.engine = engine;
        this.engineSession = engineSession;
    }

    /** Looks for either way; where there is none, {@link #of} must not be called. */
    public static TlsProtocol bind(Probe probe) {
        MethodHandle told = probe.quietly(
                Session.class, "getTLSProtocolName", Probe.takes().and(m -> m.getReturnType() == String.class));
        if (told != null) {
            probe.present(CAPABILITY, GUARD, "Session.getTLSProtocolName");
            return new TlsProtocol(told, null, null);
        }
        MethodHandle engine = probe.quietly(
                probe.type("org.jivesoftware.openfire.net.SocketConnection"), "getTLSStreamHandler", Probe.takes());
        MethodHandle session =
                engine == null ? null : probe.quietly(engine.type().returnType(), "getSSLSession", Probe.takes());
        if (session == null) {
            probe.missing(CAPABILITY, GUARD, "Session.getTLSProtocolName, SocketConnection.getTLSStreamHandler");
        } else {
            probe.present(CAPABILITY, GUARD, "SocketConnection.getTLSStreamHandler.getSSLSession");
        }
        return new TlsProtocol(null, engine, session);
    }

    /**
     * JSSE's name of the version, or empty on a plain session.
     *
     * @throws Throwable whatever the host throws when it cannot tell
     */
    public String of(Session session) throws Throwable {
        if (told != null) {
            String name = (String) told.invoke(session);
            return name == null || name.equals("NONE") ? "" : name;
        }
        Connection connection = ((LocalSession) session).getConnection();
        Object handler = engine.invoke(connection);
        return handler == null ? "" : ((SSLSession) engineSession.invoke(handler)).getProtocol();
    }
}
