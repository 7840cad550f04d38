// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomText.Part;
import java.util.List;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(event.texts())
                .extracting(RoomText::part)
                .containsExactly(Part.SUBJECT, Part.BODY, Part.BODY, Part.TOGETHER);
        assertThat(event.texts())
                .extracting(text -> text.folded().toString())
                .containsExactly("topic", "hello", "hallo", "topic hello hallo");
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
        assertThat(read(message).texts()).extracting(RoomText::original).containsExactly("one", "two", "one\ntwo");
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
    void aGroupchatMessageToAnOccupantIsJudgedBecauseHostsChangeTheSubjectByIt() {
        Message message = groupchat();
        message.setSubject("Buy cheap pills");
        assertThat(RoomEvents.of(1, message, KIM, new JID(ROOM + "/lee"), 0, 0).kind())
                .isEqualTo(Kind.SUBJECT);
    }

    @Test
    void tellsASubjectFromAMessageFromASignal() {
        Message message = groupchat();
        assertThat(read(message).kind()).isEqualTo(Kind.SIGNAL);
        message.setSubject("Topic");
        assertThat(read(message).kind()).isEqualTo(Kind.SUBJECT);
        message.setBody("Hello");
        assertThat(read(message).kind()).isEqualTo(Kind.MESSAGE);
    }

    @Test
    void readsPresence() {
        Presence presence = new Presence();
        presence.setStatus("away for lunch");
        JID asked = new JID(ROOM + "/Kim");
        RoomEvent status = RoomEvents.of(1, presence, KIM, asked, 0, 0);
        assertThat(status.kind()).isEqualTo(Kind.STATUS);
        assertThat(status.nickname()).isEqualTo("Kim");
        assertThat(status.texts()).extracting(RoomText::part).containsExactly(Part.NICKNAME, Part.STATUS);
        presence.getElement().addElement("x", "http://jabber.org/protocol/muc");
        assertThat(RoomEvents.of(1, presence, KIM, asked, 0, 0).kind()).isEqualTo(Kind.JOIN);
        assertThat(status.as(Kind.NICK_CHANGE).texts()).isEqualTo(status.texts());
        Presence leaving = new Presence(Presence.Type.unavailable);
        assertThat(RoomEvents.of(1, leaving, KIM, asked, 0, 0).kind()).isEqualTo(Kind.LEAVE);
        assertThat(RoomEvents.of(1, new Presence(Presence.Type.error), KIM, asked, 0, 0))
                .isNull();
    }

    @Test
    void aPresenceOfAnyOtherTypeIsAStatusBecauseHostsShowItToTheRoom() {
        for (String type : List.of("subscribe", "unsubscribed", "probe", "made-up")) {
            Presence presence = new Presence();
            presence.getElement().addAttribute("type", type);
            presence.setStatus("buy now");
            RoomEvent event = RoomEvents.of(1, presence, KIM, new JID(ROOM + "/Kim"), 0, 0);
            assertThat(event.kind()).as(type).isEqualTo(Kind.STATUS);
            assertThat(event.texts()).extracting(RoomText::part).contains(Part.STATUS);
        }
    }

    @Test
    void aDeclineIsOneWhateverItIsAddressedToAndABlankNicknameIsNone() {
        for (String to : List.of(ROOM.toString(), ROOM + "/x", ROOM + "/ ")) {
            Message decline = xml("<message><x xmlns='http://jabber.org/protocol/muc#user'>"
                    + "<decline to='a@b'><reason>Buy now</reason></decline></x></message>");
            assertThat(RoomEvents.of(1, decline, KIM, new JID(to), 0, 0).kind())
                    .as(to)
                    .isEqualTo(Kind.INVITATION);
        }
        Message blank = new Message();
        blank.setBody("Hello");
        assertThat(RoomEvents.of(1, blank, KIM, new JID(ROOM + "/ "), 0, 0)).isNull();
    }

    @Test
    void anInvitationNamesAsManyPeopleAsItInvites() {
        RoomEvent event = read(xml("<message><x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b'/>"
                + "<invite to='c@d'/><invite to='e@f'/></x></message>"));
        assertThat(event.shape().mentions()).isEqualTo(3);
    }

    @Test
    void readsAnInvitationThatGoesStraightToSomebody() {
        Message direct = xml("<message to='lee@home.example'><body>come</body>" + "<x xmlns='jabber:x:conference' jid='"
                + ROOM + "' reason='Buy now'/></message>");
        RoomEvent event = RoomEvents.invitation(1, direct, KIM, 0, 0);
        assertThat(event.kind()).isEqualTo(Kind.INVITATION);
        assertThat(event.room()).isEqualTo(ROOM);
        assertThat(event.texts()).extracting(RoomText::original).contains("come", "Buy now");
        direct.getElement().element("x").addAttribute("jid", "@");
        assertThat(RoomEvents.invitation(1, direct, KIM, 0, 0)).isNull();
    }

    @Test
    void theSizeOfWhatIsNotKnownCountsHoweverDeepItIs() {
        RoomEvent event = read(xml("<message type='groupchat'><body>x</body><a xmlns='urn:example:x'><b><c>"
                + "d".repeat(10_000) + "</c></b></a></message>"));
        assertThat(event.shape().bytes()).isGreaterThan(10_000);
        assertThat(event.cutOff()).isFalse();
        Message deep = groupchat();
        Element level = deep.getElement().addElement("a", "urn:example:x");
        for (int i = 0; i < 300; i++) {
            level = level.addElement("a");
        }
        assertThat(read(deep).cutOff()).isTrue();
    }

    @Test
    void readsInvitationsDeclinesVoiceRequestsAndQueries() {
        assertThat(read(xml("<message><x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b'>"
                                + "<reason>Buy now</reason></invite></x></message>"))
                        .texts())
                .singleElement()
                .satisfies(text -> {
                    assertThat(text.part()).isEqualTo(Part.REASON);
                    assertThat(text.original()).isEqualTo("Buy now");
                });
        assertThat(read(xml(
                                "<message><x xmlns='http://jabber.org/protocol/muc#user'><decline to='a@b'/></x></message>"))
                        .kind())
                .isEqualTo(Kind.INVITATION);
        assertThat(read(xml("<message><x xmlns='jabber:x:data' type='submit'/></message>"))
                        .kind())
                .isEqualTo(Kind.VOICE_REQUEST);
        JID occupant = new JID(ROOM + "/lee");
        assertThat(RoomEvents.of(1, new IQ(IQ.Type.get), KIM, occupant, 0, 0).kind())
                .isEqualTo(Kind.QUERY);
        assertThat(RoomEvents.of(1, new IQ(IQ.Type.result), KIM, occupant, 0, 0))
                .isNull();
        assertThat(RoomEvents.of(1, new IQ(IQ.Type.get), KIM, ROOM, 0, 0)).isNull();
        assertThat(RoomEvents.of(
                                1,
                                xml("<message><x xmlns='jabber:x:conference' jid='a@b' reason='Buy now'/></message>"),
                                KIM,
                                occupant,
                                0,
                                0)
                        .texts())
                .extracting(RoomText::part, RoomText::original)
                .containsExactly(tuple(Part.REASON, "Buy now"));
    }

    @Test
    void readsFormattedTextAttachmentsAndReactionsAsWords() {
        RoomEvent event = read(xml("<message type='groupchat'><body>see</body>"
                + "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>"
                + "<p>buy <b>ch<i>eap</i></b> pills</p><p>now</p></body></html>"
                + "<x xmlns='jabber:x:oob'><url>https://evil.example/a.jpg</url><desc>a pill</desc></x>"
                + "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>pill.jpg</name>"
                + "<desc>cheap</desc></file><sources><url-data xmlns='http://jabber.org/protocol/url-data'"
                + " target='https://files.example/b.jpg'/></sources></file-sharing>"
                + "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>X</reaction></reactions></message>"));
        assertThat(event.texts())
                .extracting(RoomText::part, text -> text.folded().toString())
                .containsExactly(
                        tuple(Part.BODY, "see"),
                        tuple(Part.XHTML, "buy cheap pills now"),
                        tuple(Part.ATTACHMENT, "https://evil.example/a.jpg"),
                        tuple(Part.ATTACHMENT, "a pill"),
                        tuple(Part.ATTACHMENT, "pill.jpg"),
                        tuple(Part.ATTACHMENT, "cheap"),
                        tuple(Part.ATTACHMENT, "https://files.example/b.jpg"),
                        tuple(Part.REACTION, "x"),
                        tuple(Part.TOGETHER, "see buy cheap pills now a pill pill.jpg cheap"));
        assertThat(event.shape().media()).extracting(Link::host).containsExactly("evil.example", "files.example");
        assertThat(event.shape().reactions()).isEqualTo(1);
    }

    @Test
    void addressesInFormattedTextAreLinks() {
        RoomEvent event = read(xml("<message type='groupchat'><html xmlns='http://jabber.org/protocol/xhtml-im'>"
                + "<body xmlns='http://www.w3.org/1999/xhtml'><a href='https://evil.example/'>here</a>"
                + "<img src='https://pictures.example/a.gif'/></body></html></message>"));
        assertThat(event.shape().links()).extracting(Link::host).containsExactly("evil.example");
        assertThat(event.shape().media()).extracting(Link::host).containsExactly("pictures.example");
    }

    @Test
    void measuresTheBody() {
        Message message = groupchat();
        message.setBody("HELLO @kim, (@lee) me@home.example\r\nWorld\u2028你好");
        Shape shape = read(message).shape();
        assertThat(shape.lines()).isEqualTo(3);
        assertThat(shape.capitals()).isEqualTo(6);
        assertThat(shape.letters()).isEqualTo(29);
        assertThat(shape.mentions()).isEqualTo(2);
        message.getElement()
                .addElement("reference", "urn:xmpp:reference:0")
                .addAttribute("type", "mention")
                .addAttribute("uri", "xmpp:kim@home.example");
        assertThat(read(message).shape().mentions())
                .as("one with at sign and reference")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "<encrypted xmlns='eu.siacs.conversations.axolotl'/>, eu.siacs.conversations.axolotl",
        "<encrypted xmlns='urn:xmpp:omemo:2'/>, urn:xmpp:omemo:2",
        "<openpgp xmlns='urn:xmpp:openpgp:0'/>, urn:xmpp:openpgp:0",
        "<x xmlns='jabber:x:encrypted'/>, jabber:x:encrypted",
        "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:example'/>, urn:example"
    })
    void namesTheEncryptionAndReadsNoNotice(String payload, String namespace) {
        RoomEvent event = read(xml("<message type='groupchat'>" + payload
                + "<body>I sent you an OMEMO encrypted message but your client doesn’t seem to support that. Find more"
                + " information on https://conversations.im/omemo</body></message>"));
        assertThat(event.kind()).isEqualTo(Kind.MESSAGE);
        assertThat(event.shape().encryption()).isEqualTo(namespace);
        assertThat(event.texts()).isEmpty();
        assertThat(event.shape().links()).isEmpty();
    }

    @Test
    void wordsBesideAPretendedPayloadAreReadAllTheSame() {
        assertThat(read(xml("<message type='groupchat'><encrypted xmlns='urn:xmpp:omemo:2'/>"
                                + "<body>buy cheap pills at evil.com</body></message>"))
                        .texts())
                .hasSize(1);
    }

    @Test
    void knowsOffTheRecordMessages() {
        Message message = groupchat();
        message.setBody("?OTR:AAMDJ+MVmSfjFZcAAAAA==.");
        assertThat(read(message).shape().encryption()).isEqualTo("urn:xmpp:otr:0");
        message.setBody("?OTR: buy cheap pills.");
        assertThat(read(message).shape().isEncrypted()).isFalse();
        assertThat(read(message).texts()).hasSize(1);
    }

    @Test
    void keepsTheQuotedPartOfAReply() {
        Message message = groupchat();
        message.setBody("> buy now\nno");
        message.getElement().addElement("reply", "urn:xmpp:reply:0").addAttribute("id", "1");
        message.getElement().addElement("fallback", "urn:xmpp:fallback:0").addAttribute("for", "urn:xmpp:reply:0");
        assertThat(read(message).texts().get(0).folded()).hasToString("> buy now no");
    }

    @Test
    void readsWhatACorrectionSaysInstead() {
        Message message = groupchat();
        message.setBody("new words");
        message.getElement().addElement("replace", "urn:xmpp:message-correct:0").addAttribute("id", "m1");
        assertThat(read(message).shape().corrects()).isEqualTo("m1");
        assertThat(read(message).texts()).hasSize(1);
    }

    @Test
    void readsTextHoweverDeepItLies() {
        Message message = groupchat();
        Element inner = message.getElement().addElement("html", "http://jabber.org/protocol/xhtml-im");
        for (int i = 0; i < 20_000; i++) {
            inner = inner.addElement("span");
        }
        inner.setText("buy now");
        assertThat(read(message).texts().get(0).folded()).hasToString("buy now");
    }

    @Test
    void looksAtABoundedNumberOfNodesAndSaysSo() {
        Message message = groupchat();
        Element html = message.getElement().addElement("html", "http://jabber.org/protocol/xhtml-im");
        for (int i = 0; i < 100_000; i++) {
            html.addElement("br");
        }
        assertThat(read(message).cutOff()).isTrue();
    }

    private static Message xml(String stanza) {
        try {
            return new Message(DocumentHelper.parseText(stanza).getRootElement());
        } catch (DocumentException e) {
            throw new AssertionError(e);
        }
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
        assertThat(event.texts()).hasSize(RoomEvents.MAX_TEXTS + 1);
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
