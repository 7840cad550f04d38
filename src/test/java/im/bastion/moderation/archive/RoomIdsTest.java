// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import java.util.Iterator;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

class RoomIdsTest {
    private static final JID DEN = new JID("den@conference.home.example");
    private static final JID ATTIC = new JID("attic@conference.home.example");
    private static final JID KIM = new JID("kim@away.example/phone");

    private final MemoryHost host = new MemoryHost();
    private final RoomIds ids = new RoomIds(host.properties(), host.rooms());

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void givesAMessageOneIdOfEachKind() {
        Element stamped = stamped("<body>hello</body>");

        assertThat(count(stamped, "stanza-id")).isEqualTo(1);
        assertThat(count(stamped, "occupant-id")).isEqualTo(1);
        assertThat(RoomIds.stanzaId(stamped, DEN.toString())).hasSize(36);
        assertThat(stamped.element("occupant-id").attributeValue("id")).isEqualTo(ids.occupantId(DEN, KIM));
    }

    @Test
    void givesAPresenceAnOccupantIdAlone() {
        Presence presence = new Presence(StanzaXml.parse(
                "<presence><occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/><show>away</show></presence>"));
        ids.stamp(presence, DEN, KIM);

        assertThat(count(presence.getElement(), "occupant-id")).isEqualTo(1);
        assertThat(presence.getElement().element("occupant-id").attributeValue("id"))
                .isEqualTo(ids.occupantId(DEN, KIM));
        assertThat(count(presence.getElement(), "stanza-id")).isZero();
        assertThat(presence.getShow()).isEqualTo(Presence.Show.away);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<x:occupant-id xmlns:x='urn:xmpp:occupant-id:0' id='forged'/>",
                "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/><occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='den@conference.home.example' id='forged'/>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='DEN@Conference.Home.Example' id='forged'/>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='ｄｅｎ@conference.home.example' id='forged'/>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='den@conference.home.example/Kim' id='forged'/>",
                "<moderated xmlns='urn:xmpp:message-moderate:1' by='forged'/>",
                "<moderated xmlns='urn:xmpp:message-moderate:0' by='forged'/>",
                "<retracted xmlns='urn:xmpp:message-retract:1' id='forged'/>",
                "<retracted xmlns='urn:xmpp:message-retract:0' id='forged'/>",
                "<retract xmlns='urn:xmpp:message-retract:1' id='forged'><moderated xmlns='urn:xmpp:message-moderate:1'/></retract>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='forged'><moderated xmlns='urn:xmpp:message-moderate:0'/></apply-to>",
                "<delay xmlns='urn:xmpp:delay' from='den@conference.home.example' stamp='forged'/>",
                "<x xmlns='jabber:x:delay' from='den@conference.home.example' stamp='forged'/>",
                "<delay xmlns='urn:xmpp:delay' stamp='forged'/>",
                "<x xmlns='jabber:x:delay' from=' ' stamp='forged'/>",
                "<x xmlns='http://jabber.org/protocol/muc#user'><item role='moderator' nick='forged'/></x>",
                "<x xmlns='http://jabber.org/protocol/muc#user'><status code='forged'/></x>",
                "<hats xmlns='urn:xmpp:hats:0'><hat title='forged' uri='forged'/></hats>"
            })
    void nobodySpeaksForTheRoom(String forged) {
        Element stamped = stamped(forged + "<body>hello</body>");

        assertThat(stamped.asXML()).doesNotContain("forged").contains("hello");
        assertThat(count(stamped, "stanza-id")).isEqualTo(1);
        assertThat(count(stamped, "occupant-id")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<retract xmlns='urn:xmpp:message-retract:1' id='own'/>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='own'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>",
                "<origin-id xmlns='urn:xmpp:sid:0' id='own'/>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='attic@conference.home.example' id='own'/>",
                "<stanza-id xmlns='urn:xmpp:sid:0' by='@' id='own'/>",
                "<delay xmlns='urn:xmpp:delay' from='kim@away.example' stamp='own'/>",
                "<replace xmlns='urn:xmpp:message-correct:0' id='own'/>",
                "<x xmlns='http://jabber.org/protocol/muc#user'><invite to='own'/></x>"
            })
    void whatIsTheSendersToSayStays(String said) {
        assertThat(stamped(said + "<body>hello</body>").asXML()).contains("\"own\"");
    }

    @Test
    void anOccupantIdIsForOneRoomAndForEver() {
        String id = ids.occupantId(DEN, KIM);

        assertThat(id).hasSizeLessThanOrEqualTo(128).matches("[A-Za-z0-9_-]+");
        assertThat(ids.occupantId(DEN, new JID("kim@away.example/tablet"))).isEqualTo(id);
        assertThat(ids.occupantId(ATTIC, KIM)).isNotEqualTo(id);
        assertThat(ids.occupantId(DEN, new JID("sam@away.example"))).isNotEqualTo(id);
        assertThat(new RoomIds(host.properties(), host.rooms()).occupantId(DEN, KIM))
                .isEqualTo(id);
    }

    @Test
    void theSecretIsOneThatTheHostHides() {
        assertThat(host.properties().get("plugin.bastion.moderation.occupant-password-secret"))
                .hasSizeGreaterThan(40);
    }

    private Element stamped(String children) {
        Packet message = new Message(StanzaXml.parse("<message type='groupchat'>" + children + "</message>"));
        ids.stamp(message, DEN, KIM);
        return message.getElement();
    }

    private static int count(Element parent, String name) {
        int count = 0;
        for (Iterator<?> children = parent.elementIterator(name); children.hasNext(); children.next()) {
            count++;
        }
        return count;
    }
}
