// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Encrypted messages as signs of life: each says which device sent it (XEP-0384 §5.7). Nothing else is read. */
final class MessageSenders implements OmemoStep {
    private final DeviceBook book;
    private final SessionDevices sessions;

    MessageSenders(DeviceBook book, SessionDevices sessions) {
        this.book = book;
        this.sessions = sessions;
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return point == Point.HANDLED && policy.mode() != Mode.OFF ? Interest.OMEMO : 0;
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        JID client = passage.client();
        int device = client == null ? 0 : sender(passage.stanza().getElement());
        if (device != 0) {
            sessions.learn(client, device);
            book.sent(client.asBareJID(), device);
        }
        return Verdict.PASS;
    }

    private static int sender(Element message) {
        for (Element child : message.elements("encrypted")) {
            OmemoGeneration generation = OmemoGeneration.ofNamespace(child.getNamespaceURI());
            Element header = generation == null ? null : child.element("header");
            if (header != null) {
                return DeviceId.parse(header.attributeValue("sid"));
            }
        }
        return 0;
    }
}
