// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.Stanzas;
import im.bastion.openfire.compat.OwnEvents;
import im.bastion.openfire.compat.PepFlush;
import im.bastion.openfire.compat.PepPayloads;
import im.bastion.openfire.compat.PepServices;
import im.bastion.openfire.compat.PepWishes;
import im.bastion.openfire.compat.Probe;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
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
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final long ANSWER_MILLIS = 10_000;
    private static final long POLL_MILLIS = 5;

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
        PepPayloads.makeRoom(database, probe);
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

    /** Has the host write what it holds back of all nodes. */
    void flushAll() {
        flush.flushAll();
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
    public void persist(JID owner, String nodeId) {
        flush.flush(existing(owner, nodeId));
        rows.require(owner, node(owner, nodeId));
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

    @Override
    public void forget(JID owner, String nodeId, List<String> ids) {
        // What waits to be written of these items would come after.
        flush.flush(existing(owner, nodeId));
        rows.delete(owner, nodeId, ids);
    }

    @Override
    public void forget(JID owner, String nodeId) {
        // What waits to be written of a node that is no more can be asked for only with everything else.
        flush.flushAll();
        if (leaf(owner, nodeId) == null) {
            rows.requireGone(owner, nodeId);
        }
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

    @Override
    public void publish(JID owner, String nodeId, String itemId, Element payload) {
        Element item = DocumentHelper.createElement("item").addAttribute("id", itemId);
        item.add(payload.createCopy());
        if (leaf(owner, nodeId) == null) {
            // Before 4.6 a node that the host makes by itself keeps nothing.
            configure(owner, nodeId, Map.of("pubsub#persist_items", "1"));
        }
        Instant asked = Instant.ofEpochMilli(CacheFactory.getClusterTime());
        request(owner, PUBSUB, pubsub -> pubsub.addElement("publish")
                .addAttribute("node", nodeId)
                .add(inherited(pubsub, item)));
        // Openfire answers before it has put the item into memory.
        await(() -> {
            PublishedItem there = existing(owner, nodeId).getPublishedItem(itemId);
            return there != null && !there.getCreationDate().toInstant().isBefore(asked);
        });
        persist(owner, nodeId, owner.asBareJID(), List.of(item));
    }

    @Override
    public void retract(JID owner, String nodeId, String itemId) {
        LeafNode leaf = leaf(owner, nodeId);
        if (leaf == null || leaf.getPublishedItem(itemId) == null) {
            return;
        }
        request(owner, PUBSUB, pubsub -> pubsub.addElement("retract")
                .addAttribute("node", nodeId)
                .addAttribute("notify", "true")
                .addElement("item")
                .addAttribute("id", itemId));
        await(() -> existing(owner, nodeId).getPublishedItem(itemId) == null);
        forget(owner, nodeId, List.of(itemId));
    }

    @Override
    public void delete(JID owner, String nodeId) {
        if (leaf(owner, nodeId) != null) {
            request(owner, PUBSUB + "#owner", pubsub -> pubsub.addElement("delete")
                    .addAttribute("node", nodeId));
            await(() -> leaf(owner, nodeId) == null);
            forget(owner, nodeId);
        }
    }

    /** By a request in the owner's name: so the host also makes the account's service and its contacts' subscriptions. */
    private void create(JID owner, String nodeId) {
        request(owner, PUBSUB, pubsub -> pubsub.addElement("create").addAttribute("node", nodeId));
    }

    private void request(JID owner, String namespace, Consumer<Element> content) {
        IQ request = new IQ(IQ.Type.set, "bastion-" + UUID.randomUUID());
        request.setFrom(owner.asBareJID());
        content.accept(request.setChildElement("pubsub", namespace));
        CompletableFuture<IQ> answered = new CompletableFuture<>();
        stanzas.request(request, ANSWER_MILLIS, answered::complete);
        IQ answer;
        try {
            answer = answered.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("Interrupted while the host worked on a node", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HostException("The host did not answer a request to a node", e);
        }
        if (answer == null || answer.getType() != IQ.Type.result) {
            throw new HostException("The host refused a request to a node: " + answer);
        }
    }

    private static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
        try {
            while (!done.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new HostException("The host has accepted a request to a node, but not carried it out");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("Interrupted while the host worked on a node", e);
        }
    }

    /** The item in the namespace of what it is put into. */
    private static Element inherited(Element pubsub, Element item) {
        Element copy = DocumentHelper.createElement(QName.get("item", pubsub.getNamespaceURI()));
        copy.addAttribute("id", item.attributeValue("id"));
        item.elements().forEach(child -> copy.add(child.createCopy()));
        return copy;
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
