// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.element;
import static im.bastion.omemo.Stanza.iq;
import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Who is told of keys, how, and how often. */
class KeyEventsTest extends OmemoStage {
    private static final JID JULIET = new JID("juliet@home.example");
    private static final JID LAPTOP = new JID("romeo@home.example/laptop");
    private static final String LIST =
            "<item id='current'><devices xmlns='urn:xmpp:omemo:2'><device id='1'/></devices></item>";

    @Test
    void aKeptPublishIsToldToEverybodyWhoIsToHear() {
        host.users().connect(ROMEO, "phone");
        host.users().connect(ROMEO, "laptop");
        host.users().connect(JULIET, "balcony");
        host.pep().wish(host.users().connect(ROMEO, "deaf"), "urn:example:other");
        hostMakes(DEVICES, "open", true, 1);
        host.pep().subscribe(JULIET, ROMEO, DEVICES);

        publishAndAcknowledge();

        assertThat(host.stanzas().sent())
                .extracting(stanza -> stanza.getTo().toString())
                .containsExactlyInAnyOrder(
                        "romeo@home.example/phone", "romeo@home.example/laptop", "juliet@home.example/balcony");
        Message told = (Message) host.stanzas().sent().get(0);
        assertThat(told.getType()).isEqualTo(Message.Type.headline);
        assertThat(told.getFrom()).isEqualTo(ROMEO);
        assertThat(PepEvent.keyNode(told)).isEqualTo(DEVICES);
        assertThat(ContentHash.ofItems(PepEvent.items(told))).isEqualTo(ContentHash.ofItems(List.of(element(LIST))));
        assertThat(told.toXML()).contains("type=\"replyto\" jid=\"romeo@home.example/phone\"");
    }

    @Test
    void aPublishThatIsNotKeptIsToldToNobody() {
        host.users().connect(ROMEO, "phone");
        hostMakes(DEVICES, "open", true, 1);
        host.pep().refusePersist(true);

        publishAndAcknowledge();

        assertThat(host.stanzas().sent()).isEmpty();
    }

    @Test
    void whatTheHostRepeatsIsDropped() {
        host.users().connect(ROMEO, "laptop");
        hostMakes(DEVICES, "open", true, 1);
        publishAndAcknowledge();
        Message ours = (Message) host.stanzas().sent().get(0);
        Message hosts = event(DEVICES, LIST, "");

        assertThat(deliver(ours)).isEqualTo(Verdict.PASS);
        assertThat(deliver(hosts)).isEqualTo(Verdict.SWALLOW);
        assertThat(deliver(hosts)).isEqualTo(Verdict.SWALLOW);
        assertThat(counters.snapshot()).containsEntry("omemo.event-copies-dropped", 2L);
    }

    @Test
    void theSameListPublishedAgainIsToldAgain() {
        host.users().connect(ROMEO, "laptop");
        hostMakes(DEVICES, "open", true, 1);
        publishAndAcknowledge();
        deliver(host.stanzas().sent().get(0));
        publishAndAcknowledge();

        assertThat(deliver(host.stanzas().sent().get(1))).isEqualTo(Verdict.PASS);
        assertThat(deliver(event(DEVICES, LIST, ""))).isEqualTo(Verdict.SWALLOW);
    }

    @Test
    void theLastItemAtLoginIsToldOnceToEachVisit() {
        host.users().connect(ROMEO, "laptop");
        Message last = event(DEVICES, LIST, "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>");

        assertThat(deliver(last)).isEqualTo(Verdict.PASS);
        assertThat(deliver(last)).isEqualTo(Verdict.SWALLOW);
        host.users().disconnect(LAPTOP);
        host.users().connect(ROMEO, "laptop");
        assertThat(deliver(last)).isEqualTo(Verdict.PASS);
    }

    @Test
    void anotherServerIsToldOnceToo() {
        Message event = event(DEVICES, LIST, "");
        event.setTo("kim@far.example");

        assertThat(judge(event, Point.LEAVING, null)).isEqualTo(Verdict.PASS);
        assertThat(judge(event, Point.LEAVING, null)).isEqualTo(Verdict.SWALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:xmpp:omemo:2:devices",
                "urn:xmpp:omemo:1:bundles",
                "eu.siacs.conversations.axolotl.bundles:7",
                "urn:xmpp:openpgp:0:public-keys:ABC"
            })
    void eventsOfKeysAreHeadlines(String node) {
        Message event = event(node, LIST, "");

        assertThat(judge(event, Point.ENTERING, null)).isEqualTo(Verdict.PASS);
        assertThat(event.getType()).isEqualTo(Message.Type.headline);
    }

    @ParameterizedTest
    @CsvSource({
        "http://jabber.org/protocol/nick, romeo@home.example",
        "urn:xmpp:openpgp:1:public-keys, romeo@home.example",
        "urn:xmpp:omemo:2:devices, romeo@home.example/phone",
        "urn:xmpp:omemo:2:devices, pubsub.home.example",
        "urn:xmpp:omemo:2:devices, romeo@far.example"
    })
    void whatOthersSayIsLeftAlone(String node, String from) {
        Message event = event(node, LIST, "");
        event.setFrom(from);
        String before = event.toXML();

        assertThat(judge(event, Point.ENTERING, null)).isEqualTo(Verdict.PASS);
        assertThat(deliver(event)).isEqualTo(Verdict.PASS);
        assertThat(deliver(event)).isEqualTo(Verdict.PASS);
        assertThat(event.toXML()).isEqualTo(before);
    }

    @Test
    void aRetractionIsNoCopyOfAnother() {
        Message retraction = new Message(element("<message from='romeo@home.example' to='romeo@home.example/laptop'>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='" + DEVICES
                + "'><retract id='1'/></items></event></message>"));

        assertThat(deliver(retraction)).isEqualTo(Verdict.PASS);
        assertThat(deliver(retraction)).isEqualTo(Verdict.PASS);
    }

    @Test
    void onAHostThatDoesNotWhoComesIsToldOnceOfTheOwnKeysOnceItIsKnownToCare() {
        host.pep().publish(ROMEO, DEVICES, "current", element(LIST).elements().get(0));
        host.users().connect(ROMEO, "laptop");
        comes(new Presence());
        assertThat(host.stanzas().sent()).isEmpty();

        host.pep().wish(LAPTOP, DEVICES);
        comes(iq("<iq type='result' id='caps' to='home.example'>"
                + "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>"));
        comes(new Presence());

        await().until(() -> !host.stanzas().sent().isEmpty());
        feature.close();
        assertThat(host.stanzas().sent()).hasSize(1);
        Message told = (Message) host.stanzas().sent().get(0);
        assertThat(told.getTo()).isEqualTo(LAPTOP);
        assertThat(PepEvent.keyNode(told)).isEqualTo(DEVICES);
    }

    @Test
    void aHostThatTellsThemItselfIsNotDoubled() {
        feature.close();
        host.pep().informOwner();
        start();

        assertThat(feature.guard().interests(Point.HANDLED) & (Interest.PRESENCE | Interest.DISCO))
                .isZero();
    }

    @Test
    void nothingIsTouchedWhenOnlyObserving() {
        settings.set(OmemoSettings.MODE, Mode.OBSERVE);

        for (Point point : Point.values()) {
            assertThat(feature.guard().interests(point) & Interest.PRESENCE).isZero();
        }
        Message event = event(DEVICES, LIST, "");
        String before = event.toXML();
        assertThat(judge(event, Point.ENTERING, null)).isEqualTo(Verdict.PASS);
        assertThat(deliver(event)).isEqualTo(Verdict.PASS);
        assertThat(event.toXML()).isEqualTo(before);
    }

    private void publishAndAcknowledge() {
        assertThat(enter(publish(DEVICES, LIST, ""))).isEqualTo(Verdict.PASS);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");
    }

    private void comes(Packet stanza) {
        int classes = stanza instanceof IQ ? Interest.DISCO : Interest.PRESENCE;
        feature.guard().judge(new Passage(Point.HANDLED, stanza, LAPTOP, stanza.getTo(), LAPTOP, null, classes));
    }

    private Verdict deliver(Packet event) {
        return judge(event, Point.DELIVERING, LAPTOP);
    }

    private Verdict judge(Packet event, Point point, JID client) {
        return feature.guard()
                .judge(new Passage(point, event, event.getFrom(), event.getTo(), client, null, Interest.PEP_EVENT));
    }

    private static Message event(String node, String item, String more) {
        return new Message(element("<message from='romeo@home.example' to='romeo@home.example/laptop'>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='" + node + "'>" + item
                + "</items></event>" + more + "</message>"));
    }
}
