// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.omemo.device.KeyExchanges;
import im.bastion.omemo.device.KeyExchanges.Seen;
import im.bastion.omemo.device.KeyExchanges.Warning;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.KeyExchange;
import im.bastion.omemo.wire.OmemoFormatException;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.policy.Verdict;
import java.util.Base64;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Where an admin wants it, reads the clear outer part of messages that begin sessions between two local accounts, and notes
 * what will fail or looks like somebody in the middle. Who writes to whom is what the server knows anyway; which prekey is
 * used it otherwise does not look at. Nothing is kept of it beyond the warning, and nothing is stopped.
 */
final class KeyExchangeWatch implements OmemoStep {
    private static final int MAX_KEYS = 200;
    private static final int MAX_CHARS = 24_000;

    private final KeyExchanges exchanges;
    private final OmemoRecord record;

    KeyExchangeWatch(KeyExchanges exchanges, OmemoRecord record) {
        this.exchanges = exchanges;
        this.record = record;
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return point == Point.HANDLED && policy.watchesExchanges() ? Interest.OMEMO : 0;
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        if (passage.client() == null || passage.to() == null || !(passage.stanza() instanceof Message message)) {
            return Verdict.PASS;
        }
        for (Element encrypted : message.getElement().elements("encrypted")) {
            OmemoGeneration generation = OmemoGeneration.ofNamespace(encrypted.getNamespaceURI());
            Element header = generation == null ? null : encrypted.element("header");
            int sender = header == null ? 0 : DeviceId.parse(header.attributeValue("sid"));
            if (sender != 0 && generation == OmemoGeneration.LEGACY) {
                look(passage, sender, generation, passage.to().asBareJID(), header.elements("key"), "prekey");
            } else if (sender != 0) {
                for (Element keys : header.elements("keys")) {
                    look(passage, sender, generation, jid(keys.attributeValue("jid")), keys.elements("key"), "kex");
                }
            }
        }
        return Verdict.PASS;
    }

    private void look(
            Passage passage, int sender, OmemoGeneration generation, JID receiver, List<Element> keys, String flag) {
        JID owner = passage.client().asBareJID();
        if (receiver == null || !receiver.getDomain().equals(owner.getDomain())) {
            return;
        }
        keys.stream().limit(MAX_KEYS).forEach(key -> {
            int device = DeviceId.parse(key.attributeValue("rid"));
            KeyExchange exchange = device == 0 ? null : exchange(generation, key, flag);
            if (exchange != null) {
                Seen seen = new Seen(owner, sender, receiver, device, exchange);
                for (Warning warning : exchanges.look(seen)) {
                    record.warned(seen, warning);
                }
            }
        });
    }

    private static KeyExchange exchange(OmemoGeneration generation, Element key, String flag) {
        String begins = key.attributeValue(flag, "");
        String text = key.getText();
        if (!(begins.equals("true") || begins.equals("1")) || text.length() > MAX_CHARS) {
            return null;
        }
        try {
            return KeyExchange.parse(generation, Base64.getMimeDecoder().decode(text));
        } catch (OmemoFormatException | IllegalArgumentException e) {
            return null;
        }
    }

    private static JID jid(String text) {
        try {
            return text == null ? null : new JID(text).asBareJID();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
