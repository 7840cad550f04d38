// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static im.bastion.omemo.Stanza.options;
import static im.bastion.omemo.Stanza.publish;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;

/** The guard as the settings want it, and what it announces. */
class OmemoFeatureTest extends OmemoStage {
    @Test
    void observingSaysWhatItWouldDoAndTouchesNothing() {
        settings.set(OmemoSettings.MODE, Mode.OBSERVE);
        hostMakes(BUNDLES, "presence", false, 1);
        IQ request = publish(BUNDLES, ITEM, options("pubsub#max_items=max"));
        IQ broken = publish(BUNDLES, ITEM, options("pubsub#max_items=MAX"));

        assertThat(enter(request)).isEqualTo(Verdict.PASS);
        assertThat(enter(broken)).isEqualTo(Verdict.PASS);

        assertThat(request.toXML()).contains("<value>max</value>");
        assertThat(feature.guard().interests(Point.DELIVERING) & Interest.ANSWER)
                .isZero();
        assertThat(audit)
                .filteredOn(event -> !event.action().equals("publish-questioned"))
                .extracting(AuditEvent::action)
                .containsExactly("node-repaired", "options-refused");
        assertThat(audit).extracting(AuditEvent::mode).containsOnly(Mode.OBSERVE);
    }

    @Test
    void offAsksForNothing() {
        settings.set(OmemoSettings.MODE, Mode.OFF);

        for (Point point : Point.values()) {
            assertThat(feature.guard().interests(point)).isZero();
        }
    }

    @Test
    void accountsAnnounceWhatTheHostDoesNotWhileTheGuardIsOn() {
        assertThat(discoOfAccount())
                .contains(
                        "http://jabber.org/protocol/pubsub#config-node-max",
                        PUBLISH_OPTIONS,
                        "http://jabber.org/protocol/pubsub#multi-items");

        settings.set(OmemoSettings.MODE, Mode.OBSERVE);

        assertThat(discoOfAccount()).doesNotContain("config-node-max");
    }

    @Test
    void anAccountsAnswerIsCompletedOnce() {
        IQ answer = iq("<iq type='result' id='d' from='romeo@home.example' to='romeo@home.example/phone'>"
                + "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='pubsub' type='pep'/>"
                + "<feature var='" + PUBLISH_OPTIONS + "'/></query></iq>");

        deliver(answer, Interest.DISCO | Interest.ANSWER);

        assertThat(answer.toXML().split(PUBLISH_OPTIONS, -1)).hasSize(2);
        assertThat(answer.toXML()).contains("config-node-max");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from='room@conference.home.example'",
                "from='romeo@far.example'",
                "from='romeo@home.example/phone'",
                "from='home.example'",
                ""
            })
    void nobodyElsesAnswerIsTouched(String from) {
        IQ answer = iq("<iq type='result' id='d' " + from + "><query xmlns='http://jabber.org/protocol/disco#info'>"
                + "<identity category='pubsub' type='pep'/></query></iq>");
        String before = answer.toXML();

        deliver(answer, Interest.DISCO | Interest.ANSWER);

        assertThat(answer.toXML()).isEqualTo(before);
    }

    @Test
    void aFaultOfItsOwnLetsTheStanzaPass() {
        assertThat(feature.guard().failMode()).isEqualTo(FailMode.OPEN);
        assertThat(feature.guard().name()).isEqualTo("omemo");
    }
}
