// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.HostException;
import im.bastion.host.Subscription;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Proxy;
import java.util.Collections;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.disco.IQDiscoInfoHandler;

/**
 * Features in the disco#info of accounts. COMPAT(openfire<4.3): there is no UserFeaturesProvider; nothing is announced
 * here then, and whoever needs the feature adds it to the answer in the gate.
 */
public final class AccountFeatures {
    private final XMPPServer server;
    private final Class<?> providerType;
    private final MethodHandle add;
    private final MethodHandle remove;

    public AccountFeatures(XMPPServer server, Probe probe) {
        this.server = server;
        this.providerType = probe.type("org.jivesoftware.openfire.disco.UserFeaturesProvider");
        this.add = probe.quietly(IQDiscoInfoHandler.class, "addUserFeaturesProvider", m -> m.getParameterCount() == 1);
        this.remove =
                probe.quietly(IQDiscoInfoHandler.class, "removeUserFeaturesProvider", m -> m.getParameterCount() == 1);
        probe.present(
                "disco.account-features",
                "omemo",
                isNative() ? "UserFeaturesProvider" : "edited in the outgoing answer");
    }

    /** Whether the host itself can announce them. */
    public boolean isNative() {
        return providerType != null && add != null && remove != null;
    }

    public Subscription announce(String feature) {
        if (!isNative()) {
            return () -> {};
        }
        Object provider = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {providerType},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getFeatures" -> Collections.singleton(feature).iterator();
                    case "equals" -> proxy == args[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "Bastion feature " + feature;
                });
        call(add, provider);
        return () -> call(remove, provider);
    }

    private void call(MethodHandle handle, Object provider) {
        try {
            handle.invoke(server.getIQDiscoInfoHandler(), provider);
        } catch (Throwable e) {
            throw new HostException("The host did not take the account feature", e);
        }
    }
}
