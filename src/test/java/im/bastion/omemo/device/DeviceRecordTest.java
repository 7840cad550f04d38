// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.TestBundle;
import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.device.HealthPolicy.Problem;
import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

/** A device as it is kept and as it is judged. */
class DeviceRecordTest {
    private static final JID ROMEO = new JID("romeo@home.example");
    private static final long NOW = 1_800_000_000_000L;
    private static final HealthPolicy POLICY = new HealthPolicy(Duration.ofMinutes(5), Duration.ofDays(120));

    @Test
    void readsWhatItWrites() {
        Device device = device().labelled("Romeo's \"phone\"")
                .after(new Device.Happening(NOW, DeviceChange.Kind.LISTED, OmemoGeneration.LEGACY, ROMEO + "/a"))
                .after(new Device.Happening(NOW, DeviceChange.Kind.REVOKED, null, "admin"));

        assertThat(DeviceRecord.of(DeviceRecord.row(ROMEO, device, NOW))).isEqualTo(device);
        assertThat(DeviceRecord.owner(DeviceRecord.row(ROMEO, device, NOW))).isEqualTo(ROMEO);
    }

    @Test
    void theHistoryKeepsItsEnd() {
        Device device = device();
        for (int i = 0; i < 100; i++) {
            device = device.after(new Device.Happening(i, DeviceChange.Kind.LISTED, null, ""));
        }

        assertThat(device.history()).hasSize(Device.MAX_HISTORY);
        assertThat(device.history().get(Device.MAX_HISTORY - 1).at()).isEqualTo(99);
    }

    @Test
    void aHealthyDeviceHasNoProblem() {
        assertThat(POLICY.problems(device(), false, NOW + 1)).isEmpty();
    }

    @Test
    void eachProblemIsFound() {
        long later = NOW + Duration.ofDays(61).toMillis();
        long muchLater = NOW + Duration.ofDays(121).toMillis();
        DeviceKeys few = DeviceKeys.none(OmemoGeneration.OMEMO_2)
                .listedAt(NOW)
                .with(TestBundle.of(OmemoGeneration.OMEMO_2, 1, 9), Usability.OK, "", NOW);
        Device orphan = Device.first(7, NOW)
                .with(DeviceKeys.none(OmemoGeneration.LEGACY).listedAt(NOW));

        assertThat(POLICY.problems(device().with(few), false, NOW)).containsExactly(Problem.LOW_PRE_KEYS);
        assertThat(POLICY.problems(device(), false, later)).containsExactly(Problem.OLD_SIGNED_PRE_KEY);
        assertThat(POLICY.problems(device(), false, muchLater)).contains(Problem.STALE);
        assertThat(POLICY.problems(device(), true, muchLater)).doesNotContain(Problem.STALE);
        assertThat(POLICY.problems(device().sentAt(muchLater), false, muchLater))
                .doesNotContain(Problem.STALE);
        assertThat(POLICY.problems(orphan, false, NOW)).isEmpty();
        assertThat(POLICY.problems(orphan, false, NOW + Duration.ofMinutes(5).toMillis()))
                .containsExactly(Problem.ORPHAN);
    }

    private static Device device() {
        return Device.first(7, NOW)
                .with(DeviceKeys.none(OmemoGeneration.OMEMO_2)
                        .listedAt(NOW)
                        .with(TestBundle.of(OmemoGeneration.OMEMO_2, 1, 25), Usability.OK, "", NOW));
    }
}
