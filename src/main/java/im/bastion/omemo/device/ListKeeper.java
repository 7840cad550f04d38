// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.host.Pep;
import im.bastion.omemo.race.ListLedger;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** Writes device lists and bundles in their owners' names, and sees to it that the host ends up with the last list. */
public final class ListKeeper {
    /** Publishes in owners' names. */
    @FunctionalInterface
    public interface Publisher {
        /**
         * Returns when the item is in the database and everybody who is to hear is told. May wait for the host.
         *
         * @throws im.bastion.host.HostException when the host refuses or does not answer
         */
        void publish(JID owner, String nodeId, String itemId, Element payload);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ListKeeper.class);
    private static final int TRIES = 5;
    private static final String CURRENT = "current";

    private final Pep pep;
    private final DeviceBook book;
    private final ListLedger ledger;
    private final Publisher publisher;

    public ListKeeper(Pep pep, DeviceBook book, ListLedger ledger, Publisher publisher) {
        this.pep = pep;
        this.book = book;
        this.ledger = ledger;
        this.publisher = publisher;
    }

    /** The host has accepted this list: looks, when it is quiet, whether it also has it. Never blocks. */
    public void kept(JID owner, OmemoGeneration generation, Element payload) {
        ledger.kept(owner, generation, payload);
        settleLater(owner, generation, TRIES);
    }

    /** The owner has taken the list away: what was on its way does not count any more. Never blocks. */
    public void forget(JID owner, OmemoGeneration generation) {
        ledger.forget(owner, generation);
    }

    /** On the worker: takes a device off the list; false when it was not there. */
    boolean takeOff(JID owner, OmemoGeneration generation, int device) {
        return change(owner, generation, list -> !ListMerge.remove(generation, list, id -> id == device)
                .isEmpty());
    }

    /** On the worker: puts an entry back on the list, where there is a list and it is not on it. */
    void putBack(JID owner, OmemoGeneration generation, Element entry) {
        boolean unused = change(owner, generation, list -> {
            int before = ListMerge.ids(generation, list).size();
            list.add(entry.createCopy());
            return ListMerge.ids(generation, list).size() > before;
        });
    }

    /** On the book's thread: tells readers of the list as it is shown now. */
    public void tellAgain(JID owner, OmemoGeneration generation) {
        boolean unused = change(owner, generation, list -> true);
    }

    /**
     * Changes the list and publishes it; waits for the host.
     *
     * @param edit is given a copy of the last list, one that is on its way included; false to leave it; short
     * @return false when there is no list, or it is left
     */
    public boolean change(JID owner, OmemoGeneration generation, Predicate<Element> edit) {
        return change(owner, generation, edit, TRIES);
    }

    private boolean change(JID owner, OmemoGeneration generation, Predicate<Element> edit, int tries) {
        Element list = ledger.edit(owner, generation, () -> book.list(owner, generation), edit);
        if (list == null) {
            return false;
        }
        Pep.Item item = item(owner, generation);
        publisher.publish(owner, OmemoNode.devices(generation), item == null ? CURRENT : item.id(), list);
        ledger.kept(owner, generation, list);
        if (tries > 0) {
            settleLater(owner, generation, tries);
        }
        return true;
    }

    /** On the worker: takes a device's bundle away. */
    void removeBundle(JID owner, OmemoGeneration generation, int device) {
        if (generation == OmemoGeneration.LEGACY) {
            pep.delete(owner, OmemoNode.legacyBundles(device));
        } else {
            pep.retract(owner, OmemoNode.bundles(generation), String.valueOf(device));
        }
    }

    /** On the worker: puts a device's bundle back where there is none. */
    void putBackBundle(JID owner, OmemoGeneration generation, int device, Element bundle) {
        if (book.nodes().bundlePayload(owner, generation, device) != null) {
            return;
        }
        boolean legacy = generation == OmemoGeneration.LEGACY;
        String nodeId = legacy ? OmemoNode.legacyBundles(device) : OmemoNode.bundles(generation);
        publisher.publish(owner, nodeId, legacy ? CURRENT : String.valueOf(device), bundle);
        if (legacy) {
            // The node was deleted with its configuration.
            pep.configure(owner, nodeId, Map.of("pubsub#access_model", "open", "pubsub#persist_items", "1"));
        }
    }

    private Pep.Item item(JID owner, OmemoGeneration generation) {
        List<Pep.Item> items = pep.items(owner, OmemoNode.devices(generation));
        return items.isEmpty() || items.get(0).payload() == null ? null : items.get(0);
    }

    private void settleLater(JID owner, OmemoGeneration generation, int tries) {
        Duration delay = ListLedger.QUIET.plusMillis(500);
        if (!book.worker().after(delay, () -> settle(owner, generation, tries))) {
            LOG.debug("The list of {} is not looked at again", owner);
        }
    }

    private void settle(JID owner, OmemoGeneration generation, int tries) {
        switch (ledger.settle(owner, generation, () -> book.list(owner, generation))) {
            case SETTLED -> {}
            case ON_ITS_WAY -> {
                if (tries > 0) {
                    settleLater(owner, generation, tries - 1);
                }
            }
            case CONTENDED -> writeAgain(owner, generation);
            case OVERTAKEN -> {
                LOG.info("Two lists of {} overtook each other; the last is published again", owner);
                boolean unused = change(owner, generation, list -> true, tries - 1);
            }
        }
    }

    /** Of rows that were written at once any may be the one that stayed. */
    private void writeAgain(JID owner, OmemoGeneration generation) {
        Pep.Item item = item(owner, generation);
        if (item != null) {
            Element element = DocumentHelper.createElement("item").addAttribute("id", item.id());
            element.add(item.payload().createCopy());
            JID publisherOf = item.publisher() == null ? owner : item.publisher();
            pep.persist(owner, OmemoNode.devices(generation), publisherOf, List.of(element));
        }
    }
}
