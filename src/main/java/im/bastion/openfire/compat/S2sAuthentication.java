// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.ServerSession.Authentication;
import java.lang.invoke.MethodHandle;
import org.jivesoftware.openfire.session.ServerSession;

/**
 * How the two ends of a session proved who they are. COMPAT(openfire<4.8): only dialback is told; what is not dialback
 * can only be SASL EXTERNAL there. Later versions know of other mechanisms.
 */
public final class S2sAuthentication {
    private static final String CAPABILITY = "s2s.authentication";

    private final MethodHandle external;

    private S2sAuthentication(MethodHandle external) {
        this.external = external;
    }

    public static S2sAuthentication bind(Probe probe) {
        MethodHandle external = probe.quietly(
                ServerSession.class, "isUsingSaslExternal", Probe.takes().and(m -> m.getReturnType() == boolean.class));
        probe.present(
                CAPABILITY,
                "federation",
                external == null ? "ServerSession.isUsingServerDialback" : "ServerSession.isUsingSaslExternal");
        return new S2sAuthentication(external);
    }

    /** @throws Throwable whatever the host throws when it cannot tell */
    public Authentication of(ServerSession session) throws Throwable {
        if (session.isUsingServerDialback()) {
            return Authentication.DIALBACK;
        }
        boolean proven = external == null || (boolean) external.invoke(session);
        return proven ? Authentication.EXTERNAL : Authentication.UNKNOWN;
    }
}
