// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Host;
import im.bastion.host.Point;
import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.MarkBook;
import im.bastion.omemo.device.Marks;
import im.bastion.omemo.device.NewDevices;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.race.SeenDevices;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * Device lists on their way to readers, in events and results: hidden devices are left out, and it is remembered what each
 * session saw of its own account's list. What is stored stays as it is.
 *
 * <p>A device that does not find itself on its own list announces itself again (XEP-0384 §5.3.1). So nothing is hidden from
 * a session that may be the hidden device, but for one that is new and waits for the user, which has shown which session it
 * is.
 */
final class DeliveredLists implements OmemoStep {
    private final Host host;
    private final DeviceBook book;
    private final MarkBook marks;
    private final SessionDevices sessions;
    private final SeenDevices seen;
    private final NewDevices notices;

    DeliveredLists(
            Host host, DeviceBook book, MarkBook marks, SessionDevices sessions, SeenDevices seen, NewDevices notices) {
        this.host = host;
        this.book = book;
        this.marks = marks;
        this.sessions = sessions;
        this.seen = seen;
        this.notices = notices;
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        int lists = Interest.PEP_EVENT | Interest.PEP_RESULT;
        return switch (point) {
            case DELIVERING -> policy.mode() == Mode.OFF ? 0 : lists;
            case LEAVING -> policy.enforces() && !marks.isEmpty() ? lists : 0;
            case ENTERING, HANDLED -> 0;
        };
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        Element items = items(passage.stanza());
        OmemoNode node = items == null ? null : OmemoNode.of(items.attributeValue("node"));
        JID owner = owner(passage);
        if (node == null
                || owner == null
                || node.kind() != OmemoNode.Kind.DEVICES
                || !DeviceBook.follows(node.generation())) {
            return Verdict.PASS;
        }
        book.lookIfUnknown(owner);
        OmemoGeneration generation = node.generation();
        List<Element> lists = lists(items);
        IntPredicate hidden = policy.enforces() ? hidden(owner, passage.client(), generation) : device -> false;
        boolean hides = lists.stream()
                .anyMatch(list -> ListMerge.ids(generation, list).stream().anyMatch(hidden::test));
        if (hides && passage.stanza() instanceof Message event) {
            // The host tells all readers with one and the same message.
            Message edited = event.createCopy();
            edited.setTo(passage.client() == null ? passage.to() : passage.client());
            lists(items(edited)).forEach(list -> ListMerge.remove(generation, list, hidden));
            host.stanzas().send(edited);
            return Verdict.SWALLOW;
        }
        if (hides) {
            lists.forEach(list -> ListMerge.remove(generation, list, hidden));
        }
        remember(passage, owner, generation, lists);
        return Verdict.PASS;
    }

    private void remember(Passage passage, JID owner, OmemoGeneration generation, List<Element> lists) {
        JID client = passage.client();
        if (client == null || lists.isEmpty() || !client.asBareJID().equals(owner)) {
            return;
        }
        Set<Integer> devices = new HashSet<>();
        lists.forEach(list -> devices.addAll(ListMerge.ids(generation, list)));
        notices.seen(client);
        if (passage.stanza() instanceof Message) {
            seen.told(client, generation, devices);
        } else {
            seen.fetched(client, generation, devices);
        }
    }

    private IntPredicate hidden(JID owner, JID client, OmemoGeneration generation) {
        Marks marked = marks.of(owner);
        if (marked.isEmpty()) {
            return device -> false;
        }
        if (client == null || !client.asBareJID().equals(owner)) {
            return device -> marked.hides(generation, device);
        }
        int self = sessions.of(client);
        return device -> device != self
                && marked.hides(generation, device)
                && (self != 0 || marked.pending().contains(device));
    }

    /** The account whose nodes these are; only the server itself speaks for one without its resource. */
    private JID owner(Passage passage) {
        JID from = passage.from();
        if (from == null) {
            return passage.client() == null ? null : passage.client().asBareJID();
        }
        boolean account = from.getNode() != null
                && from.getResource() == null
                && from.getDomain().equals(host.domain());
        return account ? from : null;
    }

    private static Element items(Packet stanza) {
        Element root = stanza.getElement();
        if (stanza instanceof IQ iq && iq.getType() != IQ.Type.result) {
            return null;
        }
        Element around = root.element(stanza instanceof IQ ? "pubsub" : "event");
        return around == null ? null : around.element("items");
    }

    private static List<Element> lists(Element items) {
        List<Element> lists = new ArrayList<>();
        for (Element item : items.elements("item")) {
            lists.addAll(item.elements());
        }
        return lists;
    }
}
