// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.HostException;
import java.lang.invoke.MethodHandle;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.pubsub.Node;
import org.jivesoftware.openfire.pubsub.PubSubModule;

/**
 * Makes Openfire write what it holds back of a node. It swallows what goes wrong there: whoever needs to know has to look.
 * COMPAT(openfire<4.6): static methods over one queue of the whole server. Later: a provider, of which only the caching
 * one (the default of a server without cluster) holds anything back, and which an admin can replace by one that does not
 * write to Openfire's tables at all.
 */
public final class PepFlush {
    private static final String PACKAGE = "org.jivesoftware.openfire.pubsub.";

    private final XMPPServer server;
    private final Class<?> caching;
    private final MethodHandle everything;
    private final MethodHandle provider;
    private final MethodHandle oneNode;
    private final MethodHandle allNodes;
    private final MethodHandle identifier;

    public PepFlush(XMPPServer server, Probe probe) {
        this.server = server;
        this.everything =
                probe.quietly(probe.type(PACKAGE + "PubSubPersistenceManager"), "flushPendingItems", Probe.takes());
        this.caching = probe.type(PACKAGE + "CachingPubsubPersistenceProvider");
        this.provider = probe.quietly(PubSubModule.class, "getPersistenceProvider", Probe.takes());
        this.oneNode = probe.quietly(caching, "flushPendingChanges", Probe.takesNamed("UniqueIdentifier"));
        this.allNodes = probe.quietly(caching, "flushPendingChanges", Probe.takes(boolean.class));
        this.identifier = probe.quietly(Node.class, "getUniqueIdentifier", Probe.takes());
        report(probe);
    }

    /** Returns when it has been written, or could not be. */
    public void flush(Node node) {
        try {
            if (everything != null) {
                everything.invoke();
                return;
            }
            Object current = provider.invoke(server.getPubSubModule());
            if (caching.isInstance(current)) {
                oneNode.invoke(current, identifier.invoke(node));
            }
        } catch (Throwable e) {
            throw new HostException("The host could not write what it held back of a node", e);
        }
    }

    /** The same for all nodes, in a cluster on all its servers. */
    public void flushAll() {
        try {
            if (everything != null) {
                everything.invoke();
                return;
            }
            Object current = provider.invoke(server.getPubSubModule());
            if (caching.isInstance(current)) {
                allNodes.invoke(current, true);
            }
        } catch (Throwable e) {
            throw new HostException("The host could not write what it held back of its nodes", e);
        }
    }

    private void report(Probe probe) {
        String current = everything != null ? "PubSubPersistenceManager" : nameOfProvider();
        boolean known =
                switch (current) {
                    case "PubSubPersistenceManager", "DefaultPubSubPersistenceProvider" -> true;
                    case "CachingPubsubPersistenceProvider" ->
                        oneNode != null && allNodes != null && identifier != null;
                    default -> false;
                };
        if (known) {
            probe.present("pep.flush", "omemo", current);
        } else {
            probe.missing("pep.flush", "omemo", "way to make " + current + " write at once");
        }
    }

    private String nameOfProvider() {
        if (provider == null) {
            return "PubSubModule.getPersistenceProvider";
        }
        try {
            return provider.invoke(server.getPubSubModule()).getClass().getSimpleName();
        } catch (Throwable e) {
            throw new HostException("The host has no publish-subscribe module", e);
        }
    }
}
