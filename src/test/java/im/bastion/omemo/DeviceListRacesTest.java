// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.omemo.device.DeviceChange;
import im.bastion.omemo.race.SeenDevices;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.time.Duration;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmpp.packet.IQ;

/** Two clients of an account that change its list, each with what it knows. */
class DeviceListRacesTest extends DeviceStage {
    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "OMEMO_2"})
    void twoDevicesThatAnnounceThemselvesAtOnceAreBothListed(OmemoGeneration generation) {
        fetch(PHONE, generation);
        fetch(LAPTOP, generation);

        publish(PHONE, generation, 101);
        publish(LAPTOP, generation, 202);

        assertThat(stored(generation)).containsExactlyInAnyOrder(101, 202);
        assertThat(audit)
                .filteredOn(event -> event.action().equals("list-merged"))
                .extracting(AuditEvent::detail)
                .containsExactly("kept [101]");
    }

    @Test
    void bothAreListedWhenTheHostHandlesThemInTheOtherOrder() {
        IQ first = entering(PHONE, OmemoNode.devices(OMEMO_2), "current", list(OMEMO_2, 101));
        IQ second = entering(LAPTOP, OmemoNode.devices(OMEMO_2), "current", list(OMEMO_2, 202));
        assertThat(enter(PHONE, first)).isEqualTo(Verdict.PASS);
        assertThat(enter(LAPTOP, second)).isEqualTo(Verdict.PASS);

        accept(PHONE, first);
        accept(LAPTOP, second);
        store(LAPTOP, second);
        store(PHONE, first);
        assertThat(stored(OMEMO_2)).containsExactly(101);
        clock.move(Duration.ofSeconds(4));

        await().untilAsserted(() -> assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202));
    }

    @Test
    void aDeviceThatIsOnItsWayIsNotLostWhenTheServerPublishesTheList() throws Exception {
        publish(PHONE, OMEMO_2, 101);
        clock.move(Duration.ofMinutes(1));
        IQ under = entering(LAPTOP, OmemoNode.devices(OMEMO_2), "current", list(OMEMO_2, 202));
        assertThat(enter(LAPTOP, under)).isEqualTo(Verdict.PASS);

        feature.devices().hide(ROMEO, 101, "admin");
        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        handle(LAPTOP, under);

        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
    }

    @Test
    void aListThatItsOwnerTakesAwayIsNotPublishedAgain() throws Exception {
        publish(PHONE, OMEMO_2, 101);
        IQ deletion = new IQ(IQ.Type.set, "d1");
        deletion.setChildElement("pubsub", "http://jabber.org/protocol/pubsub#owner")
                .addElement("delete")
                .addAttribute("node", OmemoNode.devices(OMEMO_2));
        assertThat(enter(PHONE, deletion)).isEqualTo(Verdict.PASS);
        host.pep().delete(ROMEO, OmemoNode.devices(OMEMO_2));
        IQ result = new IQ(IQ.Type.result, "d1");
        result.setTo(PHONE);
        feature.guard().judge(new Passage(Point.DELIVERING, result, null, PHONE, PHONE, null, Interest.ANSWER));
        clock.move(Duration.ofSeconds(4));

        await().until(() -> kinds(101).contains(DeviceChange.Kind.UNLISTED));
        assertThat(host.pep().items(ROMEO, OmemoNode.devices(OMEMO_2))).isEmpty();
    }

    @Test
    void whoHasSeenADeviceMayTakeItOff() {
        publish(PHONE, OMEMO_2, 101);
        publish(LAPTOP, OMEMO_2, 202);
        fetch(LAPTOP, OMEMO_2);

        publish(LAPTOP, OMEMO_2, 202);

        assertThat(stored(OMEMO_2)).containsExactly(202);
    }

    @Test
    void anEventThatMayStillBeUnderWayIsNotHeldAgainstItsReceiver() {
        fetch(LAPTOP, OMEMO_2);
        publish(PHONE, OMEMO_2, 101);
        hear(LAPTOP, OMEMO_2);

        publish(LAPTOP, OMEMO_2, 202);

        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
    }

    @Test
    void anEventOfSomeTimeAgoHasBeenSeen() {
        publish(PHONE, OMEMO_2, 101);
        hear(LAPTOP, OMEMO_2);
        clock.move(SeenDevices.UNDER_WAY);

        publish(LAPTOP, OMEMO_2, 202);

        assertThat(stored(OMEMO_2)).containsExactly(202);
    }

    @Test
    void theOwnListIsKnownToItsPublisher() {
        publish(PHONE, OMEMO_2, 101, 303);

        publish(PHONE, OMEMO_2, 101);

        assertThat(stored(OMEMO_2)).containsExactly(101);
    }

    @Test
    void whatAClientDoesNotUnderstandSurvivesTheMerge() {
        Element odd = list(OMEMO_2, 101);
        odd.elements().get(0).addAttribute("colour", "red").addAttribute("label", "Phone");
        handle(PHONE, through(entering(PHONE, OmemoNode.devices(OMEMO_2), "current", odd)));

        publish(LAPTOP, OMEMO_2, 202);

        assertThat(host.pep()
                        .items(ROMEO, OmemoNode.devices(OMEMO_2))
                        .get(0)
                        .payload()
                        .asXML())
                .contains("colour=\"red\"")
                .contains("label=\"Phone\"");
    }

    @Test
    void aGenerationDoesNotMixWithAnother() {
        publish(PHONE, LEGACY, 101);
        publish(LAPTOP, OMEMO_2, 202);

        assertThat(stored(LEGACY)).containsExactly(101);
        assertThat(stored(OMEMO_2)).containsExactly(202);
    }

    @Test
    void observingSaysWhatItWouldKeep() {
        publish(PHONE, OMEMO_2, 101);
        settings.set(OmemoSettings.MODE, Mode.OBSERVE);

        IQ publish = entering(LAPTOP, OmemoNode.devices(OMEMO_2), "current", list(OMEMO_2, 202));
        assertThat(enter(LAPTOP, publish)).isEqualTo(Verdict.PASS);

        assertThat(publish.toXML()).doesNotContain("101");
        assertThat(audit).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("list-merged");
            assertThat(event.mode()).isEqualTo(Mode.OBSERVE);
        });
    }

    private IQ through(IQ request) {
        assertThat(enter(PHONE, request)).isEqualTo(Verdict.PASS);
        return request;
    }
}
