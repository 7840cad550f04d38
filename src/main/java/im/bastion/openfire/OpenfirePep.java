// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.Stanzas;
import im.bastion.openfire.compat.OwnEvents;
import im.bastion.openfire.compat.PepFlush;
import im.bastion.openfire.compat.PepServices;
import im.bastion.openfire.compat.PepWishes;
import im.bastion.openfire.compat.Probe;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dom4j.Element;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.pep.PEPService;
import org.jivesoftware.openfire.pubsub.CollectionNode;
import org.jivesoftware.openfire.pubsub.LeafNode;
import org.jivesoftware.openfire.pubsub.NotAcceptableException;
import org.jivesoftware.openfire.pubsub.PublishedItem;
import org.jivesoftware.util.cache.CacheFactory;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Openfire's personal eventing. */
final class OpenfirePep implements Pep {
    private static final long CREATE_MILLIS = 10_000;

    private final XMPPServer server;
    private final PepServices services;
    private final PepFlush flush;
    private final PepRows rows;
    private final Stanzas stanzas;
    private final PepWishes wishes;
    private final PepListeners listeners;
    private final OwnEvents ownEvents;

    OpenfirePep(XMPPServer server, Probe probe, Database database, Stanzas stanzas) {
        this.server = server;
        this.services = new PepServices(server, probe);
        this.flush = new PepFlush(server, probe);
        this.rows = new PepRows(database);
        this.stanzas = stanzas;
        this.wishes = new PepWishes(server, probe);
        this.listeners = new PepListeners(server, wishes);
        this.ownEvents = new OwnEvents(probe);
    }

    /** Whether the host holds the nodes of the account with that bare JID in memory. */
    boolean isLoaded(String owner) {
        return services.isLoaded(new JID(owner));
    }

    @Override
    public boolean announces(String feature) {
        Iterator<String> features = server.getPubSubModule().getFeatures(null, null, null);
        while (features.hasNext()) {
            if (features.next().equals(feature)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Node node(JID owner, String nodeId) {
        LeafNode leaf = leaf(owner, nodeId);
        return leaf == null
                ? null
                : new Node(
                        nodeId,
                        leaf.getAccessModel().getName(),
                        leaf.isPersistPublishedItems(),
                        leaf.getMaxPublishedItems());
    }

    @Override
    public boolean hasCollection(JID owner, String nodeId) {
        PEPService service = services.of(owner);
        return nodeId.equals(owner.toBareJID())
                || (service != null && service.getNode(nodeId) instanceof CollectionNode);
    }

    @Override
    public List<Item> items(JID owner, String nodeId) {
        LeafNode leaf = leaf(owner, nodeId);
        if (leaf == null) {
            return List.of();
        }
        // Openfire 5.0.0 to 5.0.3 gives the oldest first.
        return leaf.getPublishedItems().stream()
                .sorted(Comparator.comparing(PublishedItem::getCreationDate).reversed())
                .map(item -> new Item(item.getID(), item.getPublisher(), item.getPayload()))
                .toList();
    }

    @Override
    public void configure(JID owner, String nodeId, Map<String, String> configuration) {
        LeafNode leaf = leaf(owner, nodeId);
        if (leaf == null) {
            create(owner, nodeId);
            leaf = existing(owner, nodeId);
        }
        try {
            leaf.configure(form(configuration));
        } catch (NotAcceptableException | RuntimeException e) {
            throw new HostException("The host refused the configuration of " + nodeId, e);
        }
    }

    @Override
    public void persist(JID owner, String nodeId, JID publisher, List<Element> items) {
        flush.flush(existing(owner, nodeId));
        long now = CacheFactory.getClusterTime();
        rows.write(
                owner,
                nodeId,
                items.stream().map(item -> PepRows.Row.of(item, publisher, now)).toList());
    }

    @Override
    public List<Listener> listeners(JID owner, String nodeId) {
        PEPService service = services.of(owner);
        return service != null && service.getNode(nodeId) instanceof LeafNode leaf
                ? listeners.of(owner, service, leaf, nodeId)
                : List.of();
    }

    @Override
    public boolean wants(JID resource, String nodeId) {
        return Boolean.TRUE.equals(wishes.wants(resource, nodeId));
    }

    @Override
    public boolean informsOwner() {
        return ownEvents.areSent();
    }

    private LeafNode existing(JID owner, String nodeId) {
        LeafNode leaf = leaf(owner, nodeId);
        if (leaf == null) {
            throw new HostException("The host has no node " + nodeId);
        }
        return leaf;
    }

    private LeafNode leaf(JID owner, String nodeId) {
        PEPService service = services.of(owner);
        return service != null && service.getNode(nodeId) instanceof LeafNode leaf ? leaf : null;
    }

    /** By a request in the owner's name: so the host also makes the account's service and its contacts' subscriptions. */
    private void create(JID owner, String nodeId) {
        IQ request = new IQ(IQ.Type.set, "bastion-" + UUID.randomUUID());
        request.setFrom(owner.asBareJID());
        request.setChildElement("pubsub", "http://jabber.org/protocol/pubsub")
                .addElement("create")
                .addAttribute("node", nodeId);
        CompletableFuture<IQ> answered = new CompletableFuture<>();
        stanzas.request(request, CREATE_MILLIS, answered::complete);
        try {
            answered.get(CREATE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("Interrupted while the host made the node " + nodeId, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HostException("The host did not make the node " + nodeId, e);
        }
    }

    private static DataForm form(Map<String, String> configuration) {
        DataForm form = new DataForm(DataForm.Type.submit);
        addField(form, "FORM_TYPE", "http://jabber.org/protocol/pubsub#node_config");
        configuration.forEach((name, value) -> addField(form, name, value));
        return form;
    }

    private static void addField(DataForm form, String name, String value) {
        FormField field = form.addField();
        field.setVariable(name);
        field.addValue(value);
    }
}
