// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.HostException;
import java.lang.invoke.MethodHandle;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.entitycaps.EntityCapabilities;
import org.jivesoftware.openfire.entitycaps.EntityCapabilitiesManager;
import org.xmpp.packet.JID;

/**
 * Of which nodes a resource wants to hear, from its entity capabilities (XEP-0115). COMPAT(openfire<4.8): the manager is a
 * singleton; later a module of the server. Before 4.6 it throws when it is asked for a resource without capabilities.
 */
public final class PepWishes {
    private final XMPPServer server;
    private final MethodHandle singleton;
    private final MethodHandle module;

    public PepWishes(XMPPServer server, Probe probe) {
        this.server = server;
        this.module = probe.quietly(XMPPServer.class, "getEntityCapabilitiesManager", Probe.takes());
        this.singleton = probe.quietly(EntityCapabilitiesManager.class, "getInstance", Probe.takes());
        if (module == null && singleton == null) {
            probe.missing("pep.wishes", "omemo", "EntityCapabilitiesManager");
        } else {
            probe.present("pep.wishes", "omemo", "EntityCapabilitiesManager");
        }
    }

    /** Null when the resource has said nothing yet of what it wants. */
    public Boolean wants(JID resource, String nodeId) {
        EntityCapabilities known = known(resource);
        return known == null ? null : (Boolean) known.containsFeature(nodeId + "+notify");
    }

    private EntityCapabilities known(JID resource) {
        EntityCapabilitiesManager manager = manager();
        try {
            return manager.getEntityCapabilities(resource);
        } catch (NullPointerException e) {
            return null;
        }
    }

    private EntityCapabilitiesManager manager() {
        try {
            return (EntityCapabilitiesManager) (module != null ? module.invoke(server) : singleton.invoke());
        } catch (Throwable e) {
            throw new HostException("The host does not tell what resources want", e);
        }
    }
}
