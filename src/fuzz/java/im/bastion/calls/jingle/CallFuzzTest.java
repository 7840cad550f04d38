// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.calls.media.MediaRules;
import java.time.Instant;
import java.util.Locale;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.JID;

/** Whatever the stanzas of a call are made of, they are read, what is kept of them is bounded, and nothing but relayed shows. */
class CallFuzzTest {
    private static final String[] NAMES = {
        "content", "description", "transport", "candidate", "fingerprint", "encrypted", "encryption", "crypto", "group"
    };
    private static final String[] NAMESPACES = {
        "urn:xmpp:jingle:1",
        "urn:xmpp:jingle:apps:rtp:1",
        "urn:xmpp:jingle:apps:file-transfer:5",
        "urn:xmpp:jingle:apps:grouping:0",
        "urn:xmpp:jingle:transports:ice-udp:1",
        "urn:xmpp:jingle:transports:ice:0",
        "urn:xmpp:jingle:transports:raw-udp:1",
        Keying.DTLS,
        Keying.OMEMO_DTLS,
        "eu.siacs.conversations.axolotl"
    };
    private static final String[] ATTRIBUTES = {"name", "media", "ip", "type", "hash", "semantics", "rel-addr", "setup"
    };
    private static final String[] VALUES = {
        "audio", "video", "10.0.0.1", "::ffff:10.0.0.1", "host", "relay", "sha-1", "sha-256", "BUNDLE", "0"
    };
    private static final JID ROMEO = new JID("romeo@home.example/orchard");
    private static final JID JULIET = new JID("juliet@home.example/balcony");
    private static final int MAX_STANZAS = 4;
    private static final int MAX_NODES = 40;

    @FuzzTest(maxDuration = "60s")
    void anyStanzaOfACallIsRead(FuzzedDataProvider data) {
        Call call = Call.begun("s", ROMEO, JULIET, false, Instant.EPOCH);
        for (int i = 0; i < MAX_STANZAS; i++) {
            Element iq = DocumentHelper.createElement("iq").addAttribute("type", "set");
            Element jingle = iq.addElement(QName.get("jingle", Jingle.NAMESPACE));
            jingle.addAttribute("sid", "s");
            jingle.addAttribute(
                    "action",
                    data.pickValue(Action.values())
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'));
            grow(jingle, data);
            Jingle read = Jingle.read(iq);
            boolean byOwn = data.consumeBoolean();
            call = call.after(read, ROMEO, JULIET, byOwn, Instant.EPOCH);
            MediaRules.broken(call, call.offered(), read, byOwn, data.consumeBoolean());
            if (call.parts().size() > Call.MAX_PARTS || call.candidates().size() > Candidates.MAX_ADDRESSES) {
                throw new AssertionError("More is kept of a call than may be");
            }
            for (Element content : jingle.elements("content")) {
                Candidates.keepRelayed(content);
                if (Candidates.keepRelayed(content) != 0) {
                    throw new AssertionError("A candidate was left behind");
                }
            }
        }
    }

    private static void grow(Element root, FuzzedDataProvider data) {
        Element at = root;
        for (int i = 0; i < MAX_NODES && data.remainingBytes() > 0; i++) {
            Element child = at.addElement(QName.get(data.pickValue(NAMES), data.pickValue(NAMESPACES)));
            child.addAttribute(
                    data.pickValue(ATTRIBUTES),
                    data.consumeBoolean() ? data.pickValue(VALUES) : data.consumeAsciiString(20));
            child.addText(data.consumeAsciiString(8));
            int move = data.consumeInt(0, 2);
            at = move == 0 ? child : move == 1 && at != root ? at.getParent() : at;
        }
    }
}
