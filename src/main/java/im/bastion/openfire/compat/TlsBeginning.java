// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.ServerSession.Establishment;
import java.lang.invoke.MethodHandle;
import org.jivesoftware.openfire.Connection;
import org.jivesoftware.openfire.session.IncomingServerSession;
import org.jivesoftware.openfire.session.LocalSession;
import org.jivesoftware.openfire.session.Session;

/**
 * How the TLS of an encrypted session began. COMPAT(openfire<4.3): it knows no direct TLS between servers. From 4.8 an
 * incoming connection tells it by the configuration of the listener that took it; of an outgoing one no version tells.
 */
public final class TlsBeginning {
    private static final String CAPABILITY = "s2s.direct-tls";
    private static final String GUARD = "federation";
    private static final String DIRECT = "directTLS";

    private final boolean hostKnowsDirectTls;
    private final MethodHandle configuration;
    private final MethodHandle policy;

    private TlsBeginning(boolean hostKnowsDirectTls, MethodHandle configuration, MethodHandle policy) {
        this.hostKnowsDirectTls = hostKnowsDirectTls;
        this.configuration = configuration;
        this.policy = policy;
    }

    /** Never misses anything: what cannot be told is unknown. */
    public static TlsBeginning bind(Probe probe) {
        boolean known = hasField(
                probe.type("org.jivesoftware.openfire.session.ConnectionSettings$Server"), "ENABLE_OLD_SSLPORT");
        MethodHandle configuration = probe.quietly(Connection.class, "getConfiguration", Probe.takes());
        MethodHandle policy = configuration == null
                ? null
                : probe.quietly(configuration.type().returnType(), "getTlsPolicy", Probe.takes());
        if (!known) {
            probe.present(CAPABILITY, GUARD, "none: every session begins with STARTTLS");
        } else {
            probe.present(CAPABILITY, GUARD, policy == null ? "cannot be told" : "Connection.getConfiguration");
        }
        return new TlsBeginning(known, configuration, policy);
    }

    /**
     * How an encrypted session began.
     *
     * @throws Throwable whatever the host throws when it cannot tell
     */
    public Establishment of(Session session) throws Throwable {
        if (!hostKnowsDirectTls) {
            return Establishment.STARTTLS;
        }
        if (policy == null || !(session instanceof IncomingServerSession) || !(session instanceof LocalSession local)) {
            return Establishment.UNKNOWN;
        }
        Object taken = configuration.invoke(local.getConnection());
        return DIRECT.equals(String.valueOf((Object) policy.invoke(taken)))
                ? Establishment.DIRECT_TLS
                : Establishment.STARTTLS;
    }

    private static boolean hasField(Class<?> owner, String name) {
        try {
            return owner != null && owner.getField(name) != null;
        } catch (NoSuchFieldException e) {
            return false;
        }
    }
}
