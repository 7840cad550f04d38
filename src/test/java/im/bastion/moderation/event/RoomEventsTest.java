// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.StanzaXml;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomText.Part;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

class RoomEventsTest {
    private static final JID ROOM = new JID("den@conference.home.example");
    private static final JID KIM = new JID("kim@away.example/phone");

    private static Message groupchat() {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        return message;
    }

    private static RoomEvent read(Message message) {
        return RoomEvents.of(1, message, KIM, ROOM, 0, 0);
    }

    @Test
    void readsBodyAndSubjectInEveryLanguage() {
        Message message = groupchat();
        message.setSubject("Topic");
        message.setBody("Hello");
        message.getElement().addElement("body").addAttribute("xml:lang", "de").setText("Hallo");
        RoomEvent event = read(message);
        assertThat(event.room()).isEqualTo(ROOM);
        assertThat(event.sender()).isEqualTo(KIM);
        assertThat(event.kind()).isEqualTo(Kind.MESSAGE);
        assertThat(event.cutOff()).isFalse();
        assertThat(event.texts()).extracting(RoomText::part).containsExactly(Part.SUBJECT, Part.BODY, Part.BODY);
        assertThat(event.texts())
                .extracting(text -> text.folded().toString())
                .containsExactly("topic", "hello", "hallo");
    }

    @Test
    void readsPrivateMessagesToOccupants() {
        JID occupant = new JID(ROOM + "/lee");
        for (String type : List.of("chat", "normal", "made-up")) {
            Message message = new Message();
            message.getElement().addAttribute("type", type);
            message.setBody("Hello");
            assertThat(RoomEvents.of(1, message, KIM, occupant, 0, 0).kind()).isEqualTo(Kind.PRIVATE_MESSAGE);
        }
    }

    @Test
    void readsABodyInTheStreamsNamespaceHoweverItIsWritten() {
        Message message = groupchat();
        message.getElement().addElement("body", "jabber:client").setText("one");
        message.getElement().addElement("body", "jabber:server").setText("two");
        message.getElement().addElement("body", "http://www.w3.org/1999/xhtml").setText("three");
        assertThat(read(message).texts()).hasSize(2);
    }

    @Test
    void answersNullToWhatNoRuleJudges() {
        Message message = groupchat();
        message.setBody("Hello");
        assertThat(RoomEvents.of(1, message, null, ROOM, 0, 0))
                .as("without sender")
                .isNull();
        assertThat(RoomEvents.of(1, message, KIM, null, 0, 0))
                .as("without address")
                .isNull();
        assertThat(RoomEvents.of(1, message, KIM, new JID(ROOM.getDomain()), 0, 0))
                .as("to the service")
                .isNull();
        assertThat(RoomEvents.of(1, message, KIM, new JID(ROOM + "/lee"), 0, 0))
                .as("groupchat to an occupant")
                .isNull();
        message.setType(Message.Type.error);
        assertThat(read(message)).as("an error").isNull();
        message.setType(Message.Type.headline);
        assertThat(read(message)).as("a headline").isNull();
        message.setType(Message.Type.normal);
        assertThat(read(message)).as("an invitation or the like").isNull();
        assertThat(RoomEvents.of(1, new IQ(IQ.Type.result), KIM, ROOM, 0, 0)).isNull();
        assertThat(RoomEvents.of(1, new Presence(), KIM, ROOM, 0, 0)).isNull();
    }

    @Test
    void looksAtABoundedPartOfAHugeBody() {
        Message message = groupchat();
        message.setBody("é".repeat(1_000_000));
        RoomEvent event = read(message);
        assertThat(event.cutOff()).isTrue();
        assertThat(event.texts().get(0).folded().length()).isEqualTo(RoomEvents.MAX_CHARS);
    }

    @Test
    void looksAtABoundedNumberOfTexts() {
        Message message = groupchat();
        for (int i = 0; i < 10_000; i++) {
            Element body = message.getElement().addElement("body");
            body.addAttribute("xml:lang", "x-" + i);
            body.setText("Hello " + i);
        }
        RoomEvent event = read(message);
        assertThat(event.cutOff()).isTrue();
        assertThat(event.texts()).hasSize(RoomEvents.MAX_TEXTS);
    }

    @Test
    void findsTheBodyBehindTenThousandOtherChildren() {
        Message message = groupchat();
        for (int i = 0; i < 10_000; i++) {
            message.getElement().addElement("x", "urn:example:" + (i % 7));
        }
        message.setBody("Hello");
        assertThat(read(message).texts()).hasSize(1);
        assertThat(read(message).cutOff()).isFalse();
    }

    private static RoomEvent xml(String stanza) {
        Element element = StanzaXml.parse(stanza);
        Packet packet =
                switch (element.getName()) {
                    case "iq" -> new IQ(element, true);
                    case "presence" -> new Presence(element, true);
                    default -> new Message(element, true);
                };
        return RoomEvents.of(1, packet, KIM, packet.getTo(), 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "MESSAGE|<message type='groupchat' to='den@c.example'><body>Hi</body></message>",
                "SUBJECT|<message type='groupchat' to='den@c.example'><subject>Hi</subject></message>",
                "SIGNAL|<message type='groupchat' to='den@c.example'><active xmlns='urn:c'/></message>",
                "PRIVATE_MESSAGE|<message type='chat' to='den@c.example/lee'><body>Hi</body></message>",
                "INVITATION|<message to='den@c.example'><x xmlns='http://jabber.org/protocol/muc#user'><invite/></x></message>",
                "VOICE_REQUEST|<message to='den@c.example'><x xmlns='jabber:x:data' type='submit'/></message>",
                "JOIN|<presence to='den@c.example/kim'><x xmlns='http://jabber.org/protocol/muc'/></presence>",
                "STATUS|<presence to='den@c.example/kim'><status>away</status></presence>",
                "LEAVE|<presence type='unavailable' to='den@c.example/kim'/>",
                "QUERY|<iq type='get' id='1' to='den@c.example/lee'><query xmlns='jabber:iq:version'/></iq>"
            })
    void tellsWhatAStanzaIs(Kind kind, String stanza) {
        assertThat(xml(stanza).kind()).isEqualTo(kind);
    }

    @Test
    void readsEveryPartThatPeopleWouldRead() {
        RoomEvent event = xml(
                """
                <message type='groupchat' to='den@c.example'><body>one</body>
                <html xmlns='http://jabber.org/protocol/xhtml-im'><body><p>t<b>w</b>o</p></body></html>
                <x xmlns='jabber:x:oob'><url>https://files.example/three.png</url><desc>four</desc></x>
                <reactions xmlns='urn:xmpp:reactions:0' id='5'><reaction>+</reaction></reactions>
                <replace xmlns='urn:xmpp:message-correct:0' id='6'/></message>""");
        assertThat(event.texts())
                .extracting(text -> text.part() + "=" + text.folded())
                .containsExactly(
                        "BODY=one",
                        "XHTML=two",
                        "ATTACHMENT=https://files.example/three.png",
                        "ATTACHMENT=four",
                        "REACTION=+");
        assertThat(event.shape().media()).extracting(Link::host).containsExactly("files.example");
        assertThat(event.shape().corrects()).isEqualTo("6");
        assertThat(event.shape().reactions()).isEqualTo(1);
    }

    @Test
    void anEncryptedMessageIsToldByItsSchemeAlone() {
        RoomEvent event = xml(
                """
                <message type='groupchat' to='den@c.example'><body>This message is encrypted</body>
                <encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/><payload>QUJD</payload></encrypted>
                </message>""");
        assertThat(event.kind()).isEqualTo(Kind.MESSAGE);
        assertThat(event.shape().encryption()).isEqualTo("eu.siacs.conversations.axolotl");
    }

    @Test
    void countsWhatLimitsWeigh() {
        Message message = groupchat();
        message.setBody("HELLO @lee and @kim\nsee https://a.example and www.b.example/x");
        Shape shape = read(message).shape();
        assertThat(shape.lines()).isEqualTo(2);
        assertThat(shape.mentions()).isEqualTo(2);
        assertThat(shape.capitals()).isEqualTo(5);
        assertThat(shape.links()).extracting(Link::host).containsExactly("a.example", "www.b.example");
    }

    @Test
    @Timeout(10)
    void depthAndNumberOfChildrenCostNoMoreThanTheirSize() {
        String deep = "<a xmlns='urn:xmpp:sfs:0'>" + "<b>".repeat(500) + "</b>".repeat(500) + "</a>";
        String wide = "<x xmlns='urn:x'/>".repeat(100_000);
        RoomEvent event =
                xml("<message type='groupchat' to='den@c.example'><body>Hi</body>" + deep + wide + "</message>");
        assertThat(event.texts()).hasSize(1);
    }
}
