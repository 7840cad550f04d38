// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.message;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.encryption.leak.Leak;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/** Whatever a message is made of, it is read; and a clear body in it is always seen. */
class MessageReaderFuzzTest {
    private static final String[] NAMES = {
        "body",
        "subject",
        "encrypted",
        "header",
        "keys",
        "key",
        "payload",
        "openpgp",
        "x",
        "encryption",
        "forwarded",
        "message",
        "html",
        "reactions",
        "reaction",
        "reference",
        "media-sharing",
        "propose",
        "description",
        "file",
        "name",
        "retract",
        "invite",
        "url",
        "addresses"
    };
    private static final String[] NAMESPACES = {
        "",
        "jabber:client",
        "eu.siacs.conversations.axolotl",
        "urn:xmpp:omemo:1",
        "urn:xmpp:omemo:2",
        "urn:xmpp:openpgp:0",
        "jabber:x:encrypted",
        "urn:xmpp:eme:0",
        "urn:xmpp:forward:0",
        "http://jabber.org/protocol/xhtml-im",
        "jabber:x:oob",
        "urn:xmpp:reactions:0",
        "urn:xmpp:reference:0",
        "urn:xmpp:sims:1",
        "urn:xmpp:jingle-message:0",
        "urn:xmpp:jingle:apps:file-transfer:5",
        "urn:xmpp:message-retract:1",
        "http://jabber.org/protocol/muc#user",
        "jabber:x:conference"
    };
    private static final String[] ATTRIBUTES = {"sid", "rid", "jid", "namespace", "type", "src"};
    private static final int MAX_NODES = 60;

    @FuzzTest(maxDuration = "60s")
    void anyMessageIsReadAndAClearBodyIsSeen(FuzzedDataProvider data) {
        Element message = DocumentHelper.createElement("message");
        Element at = message;
        for (int i = 0; i < MAX_NODES && data.remainingBytes() > 0; i++) {
            Element child = at.addElement(QName.get(data.pickValue(NAMES), data.pickValue(NAMESPACES)));
            child.addAttribute(data.pickValue(ATTRIBUTES), data.consumeAsciiString(12));
            child.addText(data.consumeAsciiString(60));
            int move = data.consumeInt(0, 2);
            at = move == 0 ? child : move == 1 && at.getParent() != null ? at.getParent() : at;
        }
        Shown shown = MessageReader.read(message);
        if ((shown.blocking() | shown.used()) != 0 && !shown.isConversation()) {
            throw new AssertionError("Something is shown, and it is no conversation: " + shown);
        }
        message.addElement("body").setText("meet me at noon");
        if ((MessageReader.read(message).leaks() & Leak.BODY.bit()) == 0) {
            throw new AssertionError("A clear body was not seen in " + message.asXML());
        }
    }
}
