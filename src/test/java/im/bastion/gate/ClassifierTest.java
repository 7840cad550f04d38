// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import im.bastion.host.Point;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSessions;
import java.util.Set;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

class ClassifierTest {
    private final Rooms rooms = mock(Rooms.class);
    private final ServerSessions sessions = mock(ServerSessions.class);
    private final Classifier classifier = new Classifier("home.example", rooms, sessions);

    @BeforeEach
    void aServerWithTwoRoomServices() {
        when(rooms.serviceDomains()).thenReturn(Set.of("rooms.home.example", "talk.home.example"));
        when(sessions.isLocal("component.home.example")).thenReturn(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "den@rooms.home.example",
                "den@rooms.home.example/nick",
                "talk.home.example",
                "DEN@ROOMS.HOME.EXAMPLE",
                "den@rooms.home.example/nick@with/odd@signs"
            })
    void knowsARoomByItsServiceWhateverTheNick(String to) {
        assertThat(classes("<message to='" + to + "'><body>x</body></message>")).isEqualTo(Interest.ROOM);
    }

    @Test
    void knowsAnIqOfARoomFromEverythingElseOfIt() {
        assertThat(classes("<iq type='get' to='den@rooms.home.example'><query xmlns='jabber:iq:version'/></iq>"))
                .isEqualTo(Interest.ROOM | Interest.ROOM_IQ);
        assertThat(classes("<presence from='den@rooms.home.example/nick' to='lee@home.example'/>"))
                .isEqualTo(Interest.ROOM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lee@home.example",
                "lee@home.example/rooms.home.example",
                "lee@home.example/x@rooms.home.example",
                "rooms.home.example.evil.example",
                "evilrooms.home.example",
                "a@b"
            })
    void doesNotTakeOthersForARoom(String to) {
        assertThat(classes("<message to='" + to + "'><body>x</body></message>")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://jabber.org/protocol/pubsub, '', PEP",
        "http://jabber.org/protocol/pubsub, kim@home.example, PEP",
        "http://jabber.org/protocol/pubsub#owner, '', PEP",
        "http://jabber.org/protocol/pubsub, pubsub.home.example, NONE",
        "http://jabber.org/protocol/pubsub, kim@away.example, NONE",
        "http://jabber.org/protocol/disco#info, kim@home.example, DISCO",
        "http://jabber.org/protocol/disco#items, home.example, DISCO",
        "urn:xmpp:jingle:1, lee@home.example/x, CALL",
        "jabber:iq:roster, '', NONE"
    })
    void knowsARequestByTheNamespaceOfItsChild(String namespace, String to, String expected) {
        String address = to.isEmpty() ? "" : " to='" + to + "'";
        assertThat(classes("<iq type='set' id='1'" + address + "><q xmlns='" + namespace + "'/></iq>"))
                .isEqualTo(
                        switch (expected) {
                            case "PEP" -> Interest.PEP;
                            case "DISCO" -> Interest.DISCO;
                            case "CALL" -> Interest.CALL;
                            default -> 0;
                        });
    }

    @Test
    void knowsAnAnswerOnlyWhereItIsDelivered() {
        Packet result = parse("<iq type='result' id='1' to='kim@home.example/a'/>");

        assertThat(classifier.classify(Point.DELIVERING, result, false, -1)).isEqualTo(Interest.ANSWER);
        assertThat(classifier.classify(Point.ENTERING, result, true, -1)).isZero();
    }

    @Test
    void knowsEventsAndCallsInMessagesBehindOtherChildren() {
        assertThat(classes("<message to='kim@home.example'><body>x</body><event"
                        + " xmlns='http://jabber.org/protocol/pubsub#event'/></message>"))
                .isEqualTo(Interest.PEP_EVENT);
        assertThat(classes("<message to='kim@home.example'><propose xmlns='urn:xmpp:jingle-message:0'/></message>"))
                .isEqualTo(Interest.CALL);
    }

    @ParameterizedTest
    @CsvSource({
        "lee@away.example/x, true",
        "home.example, false",
        "kim@home.example/a@away.example, false",
        "bot@component.home.example, false"
    })
    void knowsWhatCameFromAnotherServer(String from, boolean remote) {
        Packet stanza = parse("<presence from='" + from + "' to='kim@home.example'/>");

        assertThat(classifier.classify(Point.ENTERING, stanza, false, -1)).isEqualTo(remote ? Interest.FROM_PEER : 0);
        assertThat(classifier.classify(Point.ENTERING, stanza, true, -1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "<message type='groupchat' from='den@rooms.home.example/Kim' to='lee@home.example/x'/>, ENTERING, false, true",
        "<message type='groupchat' from='den@rooms.home.example/Kim' to='lee@home.example/x'/>, HANDLED, false, true",
        "<message type='groupchat' from='den@rooms.home.example/Kim' to='lee@home.example/x'/>, DELIVERING, true, true",
        "<presence from='den@talk.home.example/Kim' to='lee@home.example/x'/>, DELIVERING, true, true",
        "<presence from='den@rooms.home.example/Kim' to='lee@home.example/x'/>, ENTERING, true, false",
        "<message type='groupchat' from='den@rooms.home.example/Kim' to='lee@away.example/x'/>, LEAVING, false, false",
        "<message type='groupchat' from='den@rooms.home.example/Kim' to='hall@talk.home.example'/>, ENTERING, false, false",
        "<message type='groupchat' from='den@rooms.away.example/Kim' to='lee@home.example/x'/>, ENTERING, false, false",
        "<message type='chat' from='den@rooms.home.example/Kim' to='lee@home.example/x'/>, ENTERING, false, false",
        "<message from='den@rooms.home.example' to='lee@home.example'/>, ENTERING, false, false",
        "<iq type='set' from='den@rooms.home.example/Kim' to='lee@home.example/x'/>, DELIVERING, true, false",
        "<message type='groupchat' to='lee@home.example/x'/>, ENTERING, false, false"
    })
    void knowsTheCopiesThatARoomHandsOutFromAllElse(String xml, Point point, boolean client, boolean handedOut) {
        assertThat(classifier.isHandedOut(point, parse(xml), client)).isEqualTo(handedOut);
    }

    @Test
    void everythingThatLeavesIsForThePeer() {
        assertThat(classifier.classify(Point.LEAVING, parse("<presence/>"), false, -1))
                .isEqualTo(Interest.TO_PEER);
    }

    @Test
    void followsARoomServiceThatIsAddedLater() {
        assertThat(classes("<message to='x@late.home.example'/>")).isZero();

        when(rooms.serviceDomains()).thenReturn(Set.of("late.home.example"));

        assertThat(classes("<message to='x@late.home.example'/>")).isEqualTo(Interest.ROOM);
    }

    @Test
    void everyMessageIsOneWhereItEntersAndNothingElseIs() {
        Packet message = parse("<message to='kim@home.example'><body>x</body></message>");

        assertThat(classifier.classify(Point.ENTERING, message, true, Interest.MESSAGE))
                .isEqualTo(Interest.MESSAGE);
        assertThat(classifier.classify(Point.ENTERING, message, false, Interest.MESSAGE))
                .isEqualTo(Interest.MESSAGE);
        assertThat(classifier.classify(Point.DELIVERING, message, true, Interest.MESSAGE))
                .isZero();
        assertThat(classifier.classify(Point.ENTERING, parse("<presence/>"), true, Interest.MESSAGE))
                .isZero();
        assertThat(classifier.classify(Point.ENTERING, parse("<iq type='get' id='1'/>"), true, Interest.MESSAGE))
                .isZero();
    }

    /** What else it is than a message. */
    private int classes(String xml) {
        return classifier.classify(Point.ENTERING, parse(xml), true, ~Interest.MESSAGE);
    }

    private static Packet parse(String xml) {
        try {
            Element element = DocumentHelper.parseText(xml).getRootElement();
            return switch (element.getName()) {
                case "iq" -> new IQ(element, true);
                case "presence" -> new Presence(element, true);
                default -> new Message(element, true);
            };
        } catch (DocumentException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }
}
