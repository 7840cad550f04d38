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
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** Writes device lists and bundles in their owners' names, and sees to it that the host ends up with the last list. */
public final class ListKeeper {
    /** Tells whoever the host would not tell of what was published in an owner's name. */
    @FunctionalInterface
    public interface Announcer {
        /** Called before the host is asked to publish. */
        void announce(JID owner, String nodeId, String itemId, Element payload);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ListKeeper.class);
    private static final int TRIES = 5;
    private static final String CURRENT = "current";

    private final Pep pep;
    private final DeviceBook book;
    private final ListLedger ledger;
    private final Announcer announcer;

    public ListKeeper(Pep pep, DeviceBook book, ListLedger ledger, Announcer announcer) {
        this.pep = pep;
        this.book = book;
        this.ledger = ledger;
        this.announcer = announcer;
    }

    /** The host has accepted this list: looks, when it is quiet, whether it also has it. Never blocks. */
    public void kept(JID owner, OmemoGeneration generation, Element payload) {
        ledger.kept(owner, generation, payload);
        settleLater(owner, generation, TRIES);
    }

    /** On the worker: takes a device off the list; false when it was not there. */
    boolean takeOff(JID owner, OmemoGeneration generation, int device) {
        Pep.Item item = item(owner, generation);
        if (item == null) {
            return false;
        }
        Element list = item.payload().createCopy();
        if (ListMerge.remove(generation, list, id -> id == device).isEmpty()) {
            return false;
        }
        publish(owner, generation, item.id(), list);
        return true;
    }

    /** On the worker: puts an entry back on the list, where there is a list and it is not on it. */
    void putBack(JID owner, OmemoGeneration generation, Element entry) {
        Pep.Item item = item(owner, generation);
        if (item == null) {
            return;
        }
        Element list = item.payload().createCopy();
        list.add(entry.createCopy());
        if (ListMerge.ids(generation, list).size()
                > ListMerge.ids(generation, item.payload()).size()) {
            publish(owner, generation, item.id(), list);
        }
    }

    /** On the book's thread: tells readers of the list as it is shown now. */
    public void tellAgain(JID owner, OmemoGeneration generation) {
        Pep.Item item = item(owner, generation);
        if (item != null) {
            publish(owner, generation, item.id(), item.payload().createCopy());
        }
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
        pep.publish(owner, nodeId, legacy ? CURRENT : String.valueOf(device), bundle);
        if (legacy) {
            // The node was deleted with its configuration.
            pep.configure(owner, nodeId, Map.of("pubsub#access_model", "open", "pubsub#persist_items", "1"));
        }
    }

    private Pep.Item item(JID owner, OmemoGeneration generation) {
        List<Pep.Item> items = pep.items(owner, OmemoNode.devices(generation));
        return items.isEmpty() || items.get(0).payload() == null ? null : items.get(0);
    }

    private void publish(JID owner, OmemoGeneration generation, String itemId, Element list) {
        String nodeId = OmemoNode.devices(generation);
        ledger.forget(owner, generation);
        announcer.announce(owner, nodeId, itemId, list);
        pep.publish(owner, nodeId, itemId, list);
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
            case OVERTAKEN -> {
                Element last = ledger.last(owner, generation);
                LOG.info("Two lists of {} overtook each other; the last is published again", owner);
                publish(owner, generation, CURRENT, last);
            }
        }
    }
}
