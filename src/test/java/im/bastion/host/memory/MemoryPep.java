// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.HostException;
import im.bastion.host.Pep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Nodes in a map, with the defaults of Openfire 5: for contacts, one item, kept. */
public final class MemoryPep implements Pep {
    private record Key(JID owner, String nodeId) {}

    private static final class Stored {
        private Node node;
        private final Deque<Item> items = new ArrayDeque<>();

        private Stored(Node node) {
            this.node = node;
        }
    }

    private final Map<Key, Stored> nodes = new ConcurrentHashMap<>();
    private final List<String> persisted = new CopyOnWriteArrayList<>();
    private final List<String> announced = new CopyOnWriteArrayList<>();
    private final Map<Key, List<JID>> subscribers = new ConcurrentHashMap<>();
    private final Map<JID, List<String>> wishes = new ConcurrentHashMap<>();
    private final MemoryUsers users;
    private volatile boolean refusePersist;
    private volatile boolean informsOwner;
    private volatile Map<String, String> configured = Map.of();

    /** For accounts of these users. */
    public MemoryPep(MemoryUsers users) {
        this.users = users;
    }

    @Override
    public Node node(JID owner, String nodeId) {
        Stored stored = nodes.get(key(owner, nodeId));
        return stored == null ? null : stored.node;
    }

    @Override
    public boolean hasCollection(JID owner, String nodeId) {
        return nodeId.equals(owner.toBareJID());
    }

    @Override
    public List<Item> items(JID owner, String nodeId) {
        Stored stored = nodes.get(key(owner, nodeId));
        return stored == null ? List.of() : new ArrayList<>(stored.items);
    }

    @Override
    public void configure(JID owner, String nodeId, Map<String, String> configuration) {
        configured = Map.copyOf(configuration);
        Stored stored = stored(owner, nodeId);
        Node before = stored.node;
        try {
            stored.node = new Node(
                    nodeId,
                    configuration.getOrDefault("pubsub#access_model", before.accessModel()),
                    configuration
                            .getOrDefault("pubsub#persist_items", before.persistent() ? "1" : "0")
                            .equals("1"),
                    Integer.parseInt(
                            configuration.getOrDefault("pubsub#max_items", String.valueOf(before.maxItems()))));
        } catch (NumberFormatException e) {
            throw new HostException("pubsub#max_items is not a number", e);
        }
        trim(stored);
    }

    @Override
    public boolean announces(String feature) {
        return announced.contains(feature);
    }

    @Override
    public void persist(JID owner, String nodeId, JID publisher, List<Element> items) {
        if (refusePersist || !nodes.containsKey(key(owner, nodeId))) {
            throw new HostException("The database did not take the items of " + nodeId);
        }
        for (Element item : items) {
            Element payload = item.elements().isEmpty() ? null : item.elements().get(0);
            publish(owner, nodeId, item.attributeValue("id"), payload);
            persisted.add(nodeId + " " + item.attributeValue("id"));
        }
    }

    @Override
    public void persist(JID owner, String nodeId) {
        if (refusePersist || !nodes.containsKey(key(owner, nodeId))) {
            throw new HostException("The database did not take the node " + nodeId);
        }
        persisted.add(nodeId);
    }

    @Override
    public void forget(JID owner, String nodeId, List<String> ids) {
        Stored stored = nodes.get(key(owner, nodeId));
        if (refusePersist || stored == null) {
            throw new HostException("The database did not forget items of " + nodeId);
        }
        stored.items.removeIf(item -> ids.contains(item.id()));
    }

    @Override
    public void forget(JID owner, String nodeId) {
        if (refusePersist) {
            throw new HostException("The database still has the node " + nodeId);
        }
    }

    @Override
    public void retract(JID owner, String nodeId, String itemId) {
        Stored stored = nodes.get(key(owner, nodeId));
        if (stored != null) {
            stored.items.removeIf(item -> item.id().equals(itemId));
        }
    }

    @Override
    public void delete(JID owner, String nodeId) {
        nodes.remove(key(owner, nodeId));
    }

    @Override
    public List<Listener> listeners(JID owner, String nodeId) {
        List<Listener> listeners = new ArrayList<>();
        if (!nodes.containsKey(key(owner, nodeId))) {
            return listeners;
        }
        List<JID> accounts = new ArrayList<>(List.of(owner));
        accounts.addAll(subscribers.getOrDefault(key(owner, nodeId), List.of()));
        for (JID account : accounts) {
            users.resources(account).stream()
                    .filter(resource -> !wishes.containsKey(resource) || wants(resource, nodeId))
                    .map(resource -> new Listener(resource, true))
                    .forEach(listeners::add);
        }
        return listeners;
    }

    @Override
    public boolean wants(JID resource, String nodeId) {
        return wishes.getOrDefault(resource, List.of()).contains(nodeId);
    }

    @Override
    public boolean informsOwner() {
        return informsOwner;
    }

    /** From now on the host informs the owner's resources itself. */
    public void informOwner() {
        informsOwner = true;
    }

    /** The account is to be told of that node. */
    public void subscribe(JID account, JID owner, String nodeId) {
        subscribers
                .computeIfAbsent(key(owner, nodeId), k -> new CopyOnWriteArrayList<>())
                .add(account.asBareJID());
    }

    /** The resource says that it wants to hear of these nodes and no others. */
    public void wish(JID resource, String... nodeIds) {
        wishes.put(resource, List.of(nodeIds));
    }

    @Override
    public void publish(JID owner, String nodeId, String itemId, Element payload) {
        Stored stored = stored(owner, nodeId);
        stored.items.removeIf(item -> item.id().equals(itemId));
        stored.items.addFirst(new Item(itemId, owner.asBareJID(), payload));
        trim(stored);
    }

    /** The items persisted so far, in order, each as its node and id with a space between; nodes as their name. */
    public List<String> persisted() {
        return List.copyOf(persisted);
    }

    /** What was configured last. */
    public Map<String, String> configured() {
        return configured;
    }

    /** From now on nothing can be persisted (or again). */
    public void refusePersist(boolean refuse) {
        refusePersist = refuse;
    }

    /** From now on the host itself announces the feature. */
    public void announce(String feature) {
        announced.add(feature);
    }

    private Stored stored(JID owner, String nodeId) {
        return nodes.computeIfAbsent(key(owner, nodeId), k -> new Stored(new Node(nodeId, "presence", true, 1)));
    }

    private static void trim(Stored stored) {
        while (stored.items.size() > stored.node.maxItems()) {
            stored.items.removeLast();
        }
    }

    private static Key key(JID owner, String nodeId) {
        return new Key(owner.asBareJID(), nodeId);
    }
}
