// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.element;
import static im.bastion.omemo.Stanza.iq;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.keylog.KeyFact;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.metric.Health;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** What becomes of what owners do to their nodes of keys, and of its result. */
class OwnerChangesTest extends OmemoStage {
    private static final JID JULIET = new JID("juliet@home.example");

    @BeforeEach
    void aBundleOfEachOfTwoDevices() {
        hostMakes(BUNDLES, "open", true, 256);
        host.pep().publish(ROMEO, BUNDLES, "101", element("<bundle xmlns='urn:xmpp:omemo:2'/>"));
        host.pep().publish(ROMEO, BUNDLES, "202", element("<bundle xmlns='urn:xmpp:omemo:2'/>"));
    }

    @Test
    void theItemsAreGoneBeforeTheClientReadsTheResultAndTheOwnDevicesAreTold() {
        host.users().connect(ROMEO, "laptop");

        assertThat(enter(retract(BUNDLES))).isEqualTo(Verdict.PASS);
        IQ result = answer("<iq type='result' id='r1' to='romeo@home.example/phone'/>");

        assertThat(result.getType()).isEqualTo(IQ.Type.result);
        assertThat(host.pep().items(ROMEO, BUNDLES)).extracting(Pep.Item::id).containsExactly("202");
        assertThat(host.stanzas().sent()).hasSize(1);
        assertThat(host.stanzas().sent().get(0).toXML())
                .contains("to=\"romeo@home.example/laptop\"")
                .contains("headline")
                .contains("<retract id=\"101\"/>");
    }

    @Test
    void aHostThatTellsThemItselfIsNotDoubled() {
        feature.close();
        host.pep().informOwner();
        start();
        host.users().connect(ROMEO, "laptop");

        enter(retract(BUNDLES));
        answer("<iq type='result' id='r1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().items(ROMEO, BUNDLES)).hasSize(1);
        assertThat(host.stanzas().sent()).isEmpty();
    }

    @Test
    void whatTheDatabaseDoesNotForgetIsNotAcknowledged() {
        host.pep().refusePersist(true);

        enter(retract(BUNDLES));
        IQ answer = answer("<iq type='result' id='r1' to='romeo@home.example/phone'/>");

        assertThat(answer.getType()).isEqualTo(IQ.Type.error);
        assertThat(answer.toXML()).contains("internal-server-error").contains("wait");
        assertThat(health.of("omemo").state()).isEqualTo(Health.State.DEGRADED);
        assertThat(audit).extracting(AuditEvent::action).containsExactly("change-not-kept");
    }

    @Test
    void whatTheHostRefusesStays() {
        enter(retract(BUNDLES));
        answer("<iq type='error' id='r1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().items(ROMEO, BUNDLES)).hasSize(2);
        assertThat(feature.guard().interests(Point.DELIVERING) & Interest.ANSWER)
                .isZero();
    }

    @Test
    void othersNodesAndOthersAccountsAreTheHosts() {
        enter(retract(BOOKMARKS));
        IQ toJuliet = retract(BUNDLES);
        toJuliet.setTo("juliet@home.example");
        enter(toJuliet);
        answer("<iq type='result' id='r1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().items(ROMEO, BUNDLES)).hasSize(2);
    }

    @Test
    void whoIsToHearLearnsOnceThatANodeIsNoMore() {
        JID laptop = host.users().connect(ROMEO, "laptop");
        host.users().connect(JULIET, "balcony");
        host.pep().subscribe(JULIET, ROMEO, BUNDLES);
        Message hosts = new Message(element("<message from='romeo@home.example' to='romeo@home.example/laptop'>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><delete node='" + BUNDLES
                + "'/></event></message>"));

        assertThat(enter(delete(BUNDLES))).isEqualTo(Verdict.PASS);
        assertThat(deliver(hosts, laptop)).isEqualTo(Verdict.PASS);
        host.pep().delete(ROMEO, BUNDLES);
        answer("<iq type='result' id='d1' to='romeo@home.example/phone'/>");

        assertThat(host.stanzas().sent())
                .extracting(stanza -> stanza.getTo().toString())
                .containsExactlyInAnyOrder("romeo@home.example/laptop", "juliet@home.example/balcony");
        assertThat(host.stanzas().sent())
                .allMatch(stanza -> stanza.toXML().contains("headline")
                        && stanza.toXML().contains("<delete node=\"" + BUNDLES + "\"/>"));
        host.stanzas().sent().forEach(ours -> assertThat(deliver(ours, ours.getTo()))
                .isEqualTo(ours.getTo().equals(laptop) ? Verdict.SWALLOW : Verdict.PASS));
    }

    @Test
    void aNodeThatIsMadeAndDeletedAgainIsToldOfAgain() {
        JID laptop = host.users().connect(ROMEO, "laptop");
        for (int i = 0; i < 2; i++) {
            hostMakes(BUNDLES, "open", true, 256);
            host.stanzas().forget();
            enter(delete(BUNDLES));
            answer("<iq type='result' id='d1' to='romeo@home.example/phone'/>");

            assertThat(host.stanzas().sent()).hasSize(1);
            assertThat(deliver(host.stanzas().sent().get(0), laptop)).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void aNodeThatTheDatabaseStillHasIsNotReportedGone() {
        host.pep().refusePersist(true);

        enter(delete(BUNDLES));
        IQ answer = answer("<iq type='result' id='d1' to='romeo@home.example/phone'/>");

        assertThat(answer.getType()).isEqualTo(IQ.Type.error);
        assertThat(host.stanzas().sent()).isEmpty();
    }

    @Test
    void aConfigurationIsInTheDatabaseBeforeTheClientReadsTheResult() {
        enter(configure(BUNDLES, "access_model=open"));
        assertThat(host.pep().persisted()).isEmpty();
        answer("<iq type='result' id='c1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().persisted()).containsExactly(BUNDLES);

        host.pep().refusePersist(true);
        enter(configure(BUNDLES, "access_model=open"));
        assertThat(answer("<iq type='result' id='c1' to='romeo@home.example/phone'/>")
                        .getType())
                .isEqualTo(IQ.Type.error);
    }

    @Test
    void theKeyLogIsToldThatAListIsNoMore() {
        hostMakes(DEVICES, "open", true, 1);
        enter(delete(DEVICES));
        answer("<iq type='result' id='d1' to='romeo@home.example/phone'/>");

        assertThat(keys).hasSize(1);
        KeyFact.Devices list = (KeyFact.Devices) keys.get(0);
        assertThat(list.devices()).isEmpty();
        assertThat(list.actor()).isEqualTo("romeo@home.example/phone");
    }

    private Verdict deliver(Packet event, JID client) {
        return feature.guard()
                .judge(new Passage(
                        Point.DELIVERING, event, event.getFrom(), event.getTo(), client, null, Interest.PEP_EVENT));
    }

    private static IQ delete(String node) {
        return iq("<iq type='set' id='d1'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='" + node
                + "'/></pubsub></iq>");
    }

    private static IQ retract(String node) {
        return iq("<iq type='set' id='r1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='" + node
                + "'><item id='101'/></retract></pubsub></iq>");
    }
}
