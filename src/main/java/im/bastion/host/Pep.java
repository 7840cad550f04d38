// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Personal eventing (XEP-0163) of local accounts, reached past the stanza path. */
public interface Pep {
    /**
     * A node as it stands.
     *
     * @param accessModel XEP-0060 §4.5 name, for example "open"
     * @param maxItems how many items it keeps
     */
    record Node(String id, String accessModel, boolean persistent, int maxItems) {}

    /**
     * An item as it stands.
     *
     * @param payload the item's single child, or null
     */
    record Item(String id, JID publisher, Element payload) {}

    /**
     * Somebody who is to be told of an account's events, and is connected here.
     *
     * @param resource a full JID
     * @param seesPresence whether it may learn from which resource something was published
     */
    record Listener(JID resource, boolean seesPresence) {}

    /** Whether the host itself announces the feature, for example {@code http://jabber.org/protocol/pubsub#publish-options}. */
    boolean announces(String feature);

    /** The node, or null when the account has none of that name. */
    Node node(JID owner, String nodeId);

    /** Whether the account has a node of that name that holds other nodes (XEP-0248); the one above all has the account's. */
    boolean hasCollection(JID owner, String nodeId);

    /** The items, newest first; empty when there is no such node. */
    List<Item> items(JID owner, String nodeId);

    /**
     * Configures an existing node, or creates it with this configuration where it does not exist. Values as in the
     * configuration form of XEP-0060 §8.2, booleans as "1" and "0", numbers as numbers (no host understands "max").
     *
     * @throws HostException when the host refuses
     */
    void configure(JID owner, String nodeId, Map<String, String> configuration);

    /**
     * Writes items that the host has accepted for a node, and what it holds back of the node itself, to the database, and
     * returns when neither the end of the process nor its sudden death can lose them. Made for the moment between a
     * publish's result and the host's own, later write of the same items, which changes nothing.
     *
     * @param publisher the full JID of who published them
     * @param items {@code <item/>} elements with an id
     * @throws HostException when they are not there, for whatever reason
     */
    void persist(JID owner, String nodeId, JID publisher, List<Element> items);

    /**
     * Writes a node's configuration to the database, and returns when neither the end of the process nor its sudden death
     * can lose it.
     *
     * @throws HostException when it is not there, for whatever reason
     */
    void persist(JID owner, String nodeId);

    /**
     * Deletes items that the host has promised to delete from the database, and returns when nothing can bring them back.
     * Made for the moment between a retraction's result and the host's own, later deletion.
     *
     * @throws HostException when they are still there
     */
    void forget(JID owner, String nodeId, List<String> ids);

    /**
     * Returns when nothing can bring back a node that the host has deleted. Made for the moment of the deletion's result,
     * when the host has still to delete it from the database; nothing happens when there is such a node again.
     *
     * @throws HostException when the database still has it
     */
    void forget(JID owner, String nodeId);

    /**
     * Publishes in the owner's name, with the host's own events to whoever is subscribed, and returns when the item is in
     * the database. Makes the node where there is none. May wait for the host: not for the stanza path.
     *
     * @param payload the item's single child
     * @throws HostException when the host refuses or does not answer
     */
    void publish(JID owner, String nodeId, String itemId, Element payload);

    /**
     * Takes an item back in the owner's name, with the host's own events. Nothing happens when there is none. May wait
     * for the host: not for the stanza path.
     *
     * @throws HostException when the host refuses or does not answer
     */
    void retract(JID owner, String nodeId, String itemId);

    /**
     * Deletes a node with its items in the owner's name, so that nothing brings it back. Nothing happens when there is none. May wait for the host: not
     * for the stanza path.
     *
     * @throws HostException when the host refuses or does not answer
     */
    void delete(JID owner, String nodeId);

    /**
     * Who of this server is to be told what happens to a node: the account's own resources, and those of whoever is
     * subscribed to the node or, as a contact, to all of them, and may read it. Left out is who is known not to want it
     * (XEP-0163 §4.3.2); each once. Reads from memory.
     */
    List<Listener> listeners(JID owner, String nodeId);

    /** Whether it is known of a resource that it wants to be told of nodes of that name ({@code +notify}). */
    boolean wants(JID resource, String nodeId);

    /** Whether the host itself tells an account's own resources what happens to its nodes, and at login what they hold. */
    boolean informsOwner();
}
