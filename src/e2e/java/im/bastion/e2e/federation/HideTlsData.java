// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import im.bastion.e2e.server.inside.InsideTask;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.openfire.Connection;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.session.DomainPair;
import org.jivesoftware.openfire.session.LocalSession;
import org.jivesoftware.openfire.session.Session;

/**
 * The sessions with a domain go on, but the host throws when it is asked for the certificates of their peer. Answers how
 * many sessions that are.
 */
public final class HideTlsData implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        String domain = arguments[0];
        SessionManager manager = SessionManager.getInstance();
        List<Session> sessions = new ArrayList<>(manager.getIncomingServerSessions(domain));
        for (DomainPair pair : List.copyOf(manager.getOutgoingDomainPairs())) {
            if (pair.getRemote().equals(domain)) {
                sessions.add(manager.getOutgoingServerSession(pair));
            }
        }
        Field field = LocalSession.class.getDeclaredField("conn");
        field.setAccessible(true);
        for (Session session : sessions) {
            field.set(session, withoutCertificates((Connection) field.get(session)));
        }
        return String.valueOf(sessions.size());
    }

    private static Connection withoutCertificates(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> {
                    if (method.getName().equals("getPeerCertificates")) {
                        throw new IllegalStateException("deliberate: the TLS data are hidden");
                    }
                    try {
                        return method.invoke(connection, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
