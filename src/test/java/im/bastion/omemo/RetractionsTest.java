// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.element;
import static im.bastion.omemo.Stanza.iq;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.metric.Health;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;

/** What becomes of a retraction of keys, and of its result. */
class RetractionsTest extends OmemoStage {
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
        assertThat(audit).extracting(AuditEvent::action).containsExactly("retraction-not-kept");
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

    private static IQ retract(String node) {
        return iq("<iq type='set' id='r1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='" + node
                + "'><item id='101'/></retract></pubsub></iq>");
    }
}
