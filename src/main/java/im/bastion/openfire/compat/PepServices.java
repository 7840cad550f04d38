// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.HostException;
import java.lang.invoke.MethodHandle;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.jivesoftware.openfire.pep.PEPService;
import org.jivesoftware.openfire.pep.PEPServiceManager;
import org.xmpp.packet.JID;

/**
 * The publish-subscribe service of an account. COMPAT(openfire<4.6): found by its JID as a string; later by the JID, and
 * then made where there is none unless one says not to. Looks into memory first, then into the database.
 */
public final class PepServices {
    private final XMPPServer server;
    private final MethodHandle byJid;
    private final MethodHandle byString;

    public PepServices(XMPPServer server, Probe probe) {
        this.server = server;
        this.byJid = probe.quietly(PEPServiceManager.class, "getPEPService", Probe.takes(JID.class, boolean.class));
        this.byString = probe.quietly(PEPServiceManager.class, "getPEPService", Probe.takes(String.class));
        if (byJid == null && byString == null) {
            probe.missing("pep.service", "omemo", "PEPServiceManager.getPEPService");
        } else {
            probe.present(
                    "pep.service",
                    "omemo",
                    "PEPServiceManager.getPEPService" + (byJid != null ? byJid : byString).type());
        }
    }

    /** The service, or null when the account has none yet. */
    public PEPService of(JID owner) {
        PEPServiceManager manager = server.getIQPEPHandler().getServiceManager();
        try {
            return byJid != null
                    ? (PEPService) byJid.invoke(manager, owner.asBareJID(), false)
                    : (PEPService) byString.invoke(manager, owner.toBareJID());
        } catch (Throwable e) {
            throw new HostException("The host could not look for an account's personal eventing", e);
        }
    }

    /** Whether the account's nodes are in memory, here or, as far as that can be told, in another server of the cluster. */
    public boolean isLoaded(JID owner) {
        return ClusterManager.isClusteringStarted()
                || server.getIQPEPHandler().getServiceManager().hasCachedService(owner.asBareJID());
    }
}
