// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static im.bastion.omemo.Stanza.options;
import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;

/** What becomes of a publish to an OMEMO node, and of its result. */
class AcknowledgedPublishTest extends OmemoStage {
    @Test
    void aNewBundleNodeIsOpenKeptAndHasRoomForEveryDevice() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        hostMakes(BUNDLES, "presence", false, 1);
        IQ result = answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(result.getType()).isEqualTo(IQ.Type.result);
        assertThat(host.pep().node(ROMEO, BUNDLES)).isEqualTo(new Pep.Node(BUNDLES, "open", true, 256));
        assertThat(host.pep().persisted()).containsExactly(BUNDLES + " 101");
        assertThat(audit).extracting(AuditEvent::action).doesNotContain("node-repaired");
        assertThat(counters.snapshot()).containsEntry("omemo.nodes-made", 1L).containsEntry("omemo.publishes-kept", 1L);
    }

    @Test
    void theHostNeverSeesTheOptionsItWouldStumbleOver() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max"));

        enter(request);

        assertThat(request.toXML()).doesNotContain("publish-options").contains("101");
    }

    @Test
    void anOldNodeIsRepairedAndTheAuditLogSaysWhatItWas() {
        hostMakes(BUNDLES, "presence", false, 1);

        enter(publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max")));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, BUNDLES)).isEqualTo(new Pep.Node(BUNDLES, "open", true, 256));
        assertThat(audit).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("node-repaired");
            assertThat(event.mode()).isEqualTo(Mode.ENFORCE);
            assertThat(event.subject()).isEqualTo("romeo@home.example " + BUNDLES);
            assertThat(event.detail()).contains("was access_model=presence, persist_items=0, max_items=1");
        });
    }

    @Test
    void aPublishWithoutOptionsGetsAWorkingNodeToo() {
        enter(publish(LEGACY, "<item><list xmlns='eu.siacs.conversations.axolotl'/></item>", ""));
        hostMakes(LEGACY, "presence", false, 1);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, LEGACY)).isEqualTo(new Pep.Node(LEGACY, "open", true, 1));
        assertThat(host.pep().persisted()).containsExactly(LEGACY + " current");
    }

    @Test
    void aNodeThatIsRightIsLeftAlone() {
        hostMakes(DEVICES, "open", true, 1);

        enter(publish(DEVICES, "<item id='current'><devices xmlns='urn:xmpp:omemo:2'/></item>", ""));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(audit).isEmpty();
        assertThat(counters.snapshot()).containsEntry("omemo.nodes-made", 0L).containsEntry("omemo.nodes-repaired", 0L);
    }

    @Test
    void aRoomierNodeMeetsMaxAndKeepsItsRoom() {
        hostMakes(BUNDLES, "open", true, 1_000);

        assertThat(enter(publish(BUNDLES, ITEM, options("pubsub#max_items=max"))))
                .isEqualTo(Verdict.PASS);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(host.pep().node(ROMEO, BUNDLES).maxItems()).isEqualTo(1_000);
    }

    @Test
    void theResultBecomesAnErrorWhenTheKeysAreNotInTheDatabase() {
        host.pep().refusePersist(true);
        enter(publish(BUNDLES, ITEM, ""));
        hostMakes(BUNDLES, "open", true, 256);

        IQ result = answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(result.getType()).isEqualTo(IQ.Type.error);
        assertThat(result.getError().getCondition().toXMPP()).isEqualTo("internal-server-error");
        assertThat(result.getError().getType().toXMPP()).isEqualTo("wait");
        assertThat(audit).extracting(AuditEvent::action).contains("publish-not-kept");
        assertThat(health.of("omemo").state()).isEqualTo(Health.State.DEGRADED);
    }

    @Test
    void theConsoleIsGreenAgainAfterTheNextGoodPublish() {
        theResultBecomesAnErrorWhenTheKeysAreNotInTheDatabase();
        host.pep().refusePersist(false);

        enter(publish(BUNDLES, ITEM, ""));
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(health.of("omemo").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aResultForANodeThatIsNotThereIsNotBelieved() {
        enter(publish(BUNDLES, ITEM, ""));

        assertThat(answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>")
                        .getType())
                .isEqualTo(IQ.Type.error);
    }

    @Test
    void theHostsOwnErrorPassesAndNothingIsWritten() {
        enter(publish(BUNDLES, ITEM, ""));

        IQ error = answer("<iq type='error' id='p1' to='romeo@home.example/phone'><error type='modify'>"
                + "<bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");

        assertThat(error.getError().getCondition().toXMPP()).isEqualTo("bad-request");
        assertThat(host.pep().persisted()).isEmpty();
    }

    @Test
    void aSecondPublishWithTheSameIdWaitsForTheFirst() {
        enter(publish(BUNDLES, ITEM, ""));

        Refusal refusal = refusal(publish(BUNDLES, ITEM, ""));

        assertThat(refusal.condition()).isEqualTo("resource-constraint");
        assertThat(refusal.type()).isEqualTo("wait");
    }

    @Test
    void aListWithoutIdGetsTheOneThatWillBeWritten() {
        IQ list = publish(DEVICES, "<item><devices xmlns='urn:xmpp:omemo:2'/></item>", "");

        enter(list);

        assertThat(itemId(list)).isEqualTo("current");
    }

    @Test
    void otherNodesAreNobodysBusinessHere() {
        IQ request = publish("http://jabber.org/protocol/mood", "<item><mood/></item>", "");
        String before = request.toXML();

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).isEqualTo(before);
        assertThat(host.pep().persisted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq type='set' id='1' to='juliet@home.example'>",
                "<iq type='set' id='1' to='romeo@home.example/phone'>",
                "<iq type='get' id='1'>",
                "<iq type='set'>"
            })
    void onlyWhatAnAccountAsksOfItselfIsLookedAt(String start) {
        IQ request = iq(start + "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + BUNDLES + "'>"
                + ITEM + "</publish>" + options("pubsub#max_items=max") + "</pubsub></iq>");

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(request.toXML()).contains("<value>max</value>");
    }

    @Test
    void itsOwnBareAddressIsTheAccountToo() {
        IQ request = publish(BUNDLES, ITEM, options("pubsub#max_items=max"));
        request.setTo(ROMEO);

        enter(request);

        assertThat(request.toXML()).doesNotContain("max");
    }

    @Test
    void whatWasTakenInIsSeenThroughWhenTheGuardIsTurnedOff() {
        enter(publish(BUNDLES, ITEM, ""));
        hostMakes(BUNDLES, "presence", false, 1);
        settings.set(OmemoSettings.MODE, Mode.OFF);

        assertThat(feature.guard().interests(Point.DELIVERING)).isEqualTo(Interest.ANSWER);
        answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");
        assertThat(host.pep().persisted()).isNotEmpty();
    }

    @Test
    void answersAreOnlyLookedAtWhileOneIsAwaited() {
        assertThat(feature.guard().interests(Point.DELIVERING) & Interest.ANSWER)
                .isZero();
        enter(publish(BUNDLES, ITEM, ""));
        assertThat(feature.guard().interests(Point.DELIVERING) & Interest.ANSWER)
                .isNotZero();
    }

    @Test
    void anAdminMayChooseSpeedOverDurability() {
        settings.set(OmemoSettings.DURABLE, false);
        enter(publish(BUNDLES, ITEM, options("pubsub#access_model=open", "pubsub#max_items=max")));
        hostMakes(BUNDLES, "presence", false, 1);
        IQ result = answer("<iq type='result' id='p1' to='romeo@home.example/phone'/>");

        assertThat(result.getType()).isEqualTo(IQ.Type.result);
        assertThat(host.pep().node(ROMEO, BUNDLES)).isEqualTo(new Pep.Node(BUNDLES, "open", true, 256));
        assertThat(host.pep().persisted()).isEmpty();
    }
}
