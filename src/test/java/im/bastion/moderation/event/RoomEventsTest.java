// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomText.Part;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
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
        assertThat(read(message)).as("without text").isNull();
        message.setBody("Hello");
        assertThat(RoomEvents.of(1, message, null, ROOM, 0, 0)).as("without sender").isNull();
        assertThat(RoomEvents.of(1, message, KIM, null, 0, 0)).as("without address").isNull();
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
}
