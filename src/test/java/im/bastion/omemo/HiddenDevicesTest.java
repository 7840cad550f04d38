// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.omemo.device.DeviceView;
import im.bastion.omemo.device.HealthPolicy.Problem;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Mode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What readers see of lists with devices that nobody can encrypt to. */
class HiddenDevicesTest extends DeviceStage {
    private static final Duration PAST_GRACE = Duration.ofMinutes(6);

    @Test
    void anOrphanIsHiddenAfterTheGraceAndStaysStored() throws Exception {
        publish(PHONE, 101, TestBundle.of(OMEMO_2, 1, 25));
        publish(PHONE, OMEMO_2, 101, 202);
        settle();
        assertThat(fetch(JULIET, OMEMO_2)).containsExactlyInAnyOrder(101, 202);

        clock.move(PAST_GRACE);
        feature.devices().devices(ROMEO);

        assertThat(fetch(JULIET, OMEMO_2)).containsExactly(101);
        assertThat(hear(JULIET, OMEMO_2)).containsExactly(101);
        assertThat(fetch(STRANGER, OMEMO_2)).containsExactly(101);
        assertThat(hear(STRANGER, OMEMO_2)).containsExactly(101);
        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(view(202).problems()).containsExactly(Problem.ORPHAN);
        assertThat(view(202).hidden()).isTrue();
    }

    @Test
    void itIsShownAgainAsSoonAsItHasABundle() throws Exception {
        anOrphanIsHiddenAfterTheGraceAndStaysStored();

        publish(LAPTOP, 202, TestBundle.of(OMEMO_2, 2, 25));
        settle();

        assertThat(fetch(JULIET, OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(view(202).hidden()).isFalse();
    }

    @Test
    void aDeviceThatIsAlreadyStoredWithABadBundleIsHidden() throws Exception {
        Bundle good = TestBundle.of(OMEMO_2, 1, 25);
        Bundle bad = new Bundle(
                OMEMO_2, 1, good.signedPreKey(), KeyBytes.of(new byte[64]), good.identityKey(), good.preKeys());
        host.pep().configure(ROMEO, OmemoNode.bundles(OMEMO_2), Map.of("pubsub#max_items", "9"));
        host.pep()
                .publish(
                        ROMEO,
                        OmemoNode.bundles(OMEMO_2),
                        "101",
                        TestBundle.of(OMEMO_2, 9, 25).toElement());
        host.pep().publish(ROMEO, OmemoNode.bundles(OMEMO_2), "202", bad.toElement());
        host.pep().publish(ROMEO, OmemoNode.devices(OMEMO_2), "current", list(OMEMO_2, 101, 202));

        await().untilAsserted(() -> assertThat(fetch(JULIET, OMEMO_2)).containsExactly(101));
        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(view(202).problems()).containsExactly(Problem.UNUSABLE);
        assertThat(view(202).device().in(OMEMO_2).problem()).contains("spks is not a signature");
    }

    @Test
    void theDeviceItselfAndSessionsNobodyKnowsSeeTheWholeList() throws Exception {
        anOrphanIsHiddenAfterTheGraceAndStaysStored();

        assertThat(fetch(LAPTOP, OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(fetch(PHONE, OMEMO_2)).containsExactly(101);
    }

    @Test
    void whoDoesNotSeeAHiddenDeviceDoesNotTakeItOff() throws Exception {
        anOrphanIsHiddenAfterTheGraceAndStaysStored();
        fetch(PHONE, OMEMO_2);

        publish(PHONE, OMEMO_2, 101);

        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
    }

    @Test
    void somebodyMayDecideOtherwise() throws Exception {
        anOrphanIsHiddenAfterTheGraceAndStaysStored();

        feature.devices().show(ROMEO, 202, "admin");
        assertThat(fetch(JULIET, OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        feature.devices().leaveToHealth(ROMEO, 202, "admin");
        assertThat(fetch(JULIET, OMEMO_2)).containsExactly(101);
        feature.devices().hide(ROMEO, 101, "admin");
        assertThat(fetch(JULIET, OMEMO_2)).isEmpty();

        assertThat(actions()).contains("device-shown", "device-left-to-health", "device-hidden");
    }

    @Test
    void whatIsHiddenIsHiddenAfterARestart() throws Exception {
        anOrphanIsHiddenAfterTheGraceAndStaysStored();

        restart();

        assertThat(fetch(JULIET, OMEMO_2)).containsExactly(101);
    }

    @Test
    void observingHidesNothing() throws Exception {
        anOrphanIsHiddenAfterTheGraceAndStaysStored();
        settings.set(OmemoSettings.MODE, Mode.OBSERVE);

        assertThat(fetch(JULIET, OMEMO_2)).containsExactlyInAnyOrder(101, 202);
    }

    private DeviceView view(int device) {
        return feature.devices().devices(ROMEO).stream()
                .filter(view -> view.device().id() == device)
                .findFirst()
                .orElseThrow();
    }
}
