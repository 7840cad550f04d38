// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.host.memory.MemoryHost;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.time.Duration;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Whatever is asked of a room or said in it, nothing breaks and nobody but the room speaks for the room. */
class ModerationRequestsFuzzTest {
    private static final String[] NAMES = {
        "moderate", "apply-to", "retract", "retracted", "moderated", "reason", "stanza-id", "occupant-id", "delay", "x"
    };
    private static final String[] NAMESPACES = {
        "urn:xmpp:message-moderate:1",
        "urn:xmpp:message-moderate:0",
        "urn:xmpp:message-retract:1",
        "urn:xmpp:message-retract:0",
        "urn:xmpp:fasten:0",
        "urn:xmpp:sid:0",
        "urn:xmpp:occupant-id:0",
        "urn:xmpp:delay",
        "jabber:client"
    };
    private static final String[] ATTRIBUTES = {"id", "by", "from", "stamp"};
    private static final int MAX_CHILDREN = 20;

    @FuzzTest(maxDuration = "60s")
    void anyRequestIsAnsweredOrTheHosts(FuzzedDataProvider data) {
        try (MemoryHost host = new MemoryHost()) {
            JID owner = new JID("owner@home.example/phone");
            JID den = host.rooms().create("den", owner);
            RoomIds ids = new RoomIds(host.properties(), host.rooms());
            try (RoomRetractions retractions = new RoomRetractions(
                    host,
                    new PassedEvents(),
                    ids,
                    new Seal(host.properties()),
                    new MemoryRecords(),
                    event -> {},
                    Clock.systemUTC(),
                    () -> true,
                    Duration.ofDays(30))) {
                IQ request = new IQ(IQ.Type.set);
                request.setFrom(owner);
                request.setTo(den);
                request.setChildElement(element(data, den));
                new ModerationRequests(host, retractions, ids).answer(request, owner, den);

                Message message = new Message();
                message.getElement().add(element(data, den));
                ids.stamp(message, den, owner);
                String given = RoomIds.stanzaId(message.getElement(), den.toString());
                Element moderated = message.getElement().element("moderated");
                boolean forged =
                        moderated != null && moderated.getNamespaceURI().startsWith("urn:xmpp:message-moderate:");
                if (forged
                        || given.length() != 36
                        || message.getElement().elements("occupant-id").isEmpty()) {
                    throw new AssertionError(message.toXML());
                }
            }
        }
    }

    private static Element element(FuzzedDataProvider data, JID den) {
        Element root = one(data, den);
        Element at = root;
        for (int i = 0; i < MAX_CHILDREN && data.remainingBytes() > 0; i++) {
            Element child = one(data, den);
            at.add(child);
            at = data.consumeBoolean() ? child : root;
        }
        return root;
    }

    private static Element one(FuzzedDataProvider data, JID den) {
        Element element = DocumentHelper.createElement(QName.get(data.pickValue(NAMES), data.pickValue(NAMESPACES)));
        element.addAttribute(
                data.pickValue(ATTRIBUTES), data.consumeBoolean() ? den.toString() : data.consumeString(300));
        element.setText(data.consumeString(20));
        return element;
    }
}
