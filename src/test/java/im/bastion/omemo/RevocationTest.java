// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.keylog.KeyEvent;
import im.bastion.audit.keylog.KeyFact;
import im.bastion.omemo.device.DeviceChange.Kind;
import im.bastion.omemo.device.Marks.Mark;
import im.bastion.omemo.device.Removal;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lost device is sent away and stays away; and what else is decided about devices. */
class RevocationTest extends DeviceStage {
    @BeforeEach
    void twoDevices() throws Exception {
        publish(PHONE, 101, TestBundle.of(OMEMO_2, 1, 25));
        publish(PHONE, OMEMO_2, 101);
        publish(LAPTOP, 202, TestBundle.of(OMEMO_2, 2, 25));
        publish(LAPTOP, 202, TestBundle.of(LEGACY, 3, 25));
        publish(LAPTOP, OMEMO_2, 101, 202);
        publish(LAPTOP, LEGACY, 202);
        settle();
    }

    @Test
    void itIsGoneFromListsAndBundlesOfBothGenerations() {
        feature.devices().revoke(ROMEO, 202, false, "admin");

        assertThat(stored(OMEMO_2)).containsExactly(101);
        assertThat(stored(LEGACY)).isEmpty();
        assertThat(host.pep().items(ROMEO, OmemoNode.bundles(OMEMO_2)))
                .extracting(item -> item.id())
                .containsExactly("101");
        assertThat(host.pep().node(ROMEO, OmemoNode.legacyBundles(202))).isNull();
        assertThat(actions()).contains("device-revoked");
        assertThat(kinds(202)).contains(Kind.UNLISTED, Kind.KEYS_REMOVED, Kind.REVOKED);
        assertThat(host.users().isConnected(LAPTOP)).isTrue();
    }

    @Test
    void whatItPublishesFromThenOnIsRefused() {
        feature.devices().revoke(ROMEO, 202, false, "admin");

        Refusal list = publish(LAPTOP, OMEMO_2, 101, 202);
        Refusal bundle = publish(LAPTOP, 202, TestBundle.of(OMEMO_2, 2, 25));
        Refusal legacy = publish(LAPTOP, 202, TestBundle.of(LEGACY, 3, 25));

        for (Refusal refusal : List.of(list, bundle, legacy)) {
            assertThat(refusal.condition()).isEqualTo("policy-violation");
            assertThat(refusal.type()).isEqualTo("cancel");
        }
        assertThat(stored(OMEMO_2)).containsExactly(101);
    }

    @Test
    void aThousandTriesAreRefusedAndNotedOnce() {
        feature.devices().revoke(ROMEO, 202, false, "admin");

        for (int i = 0; i < 1_000; i++) {
            assertThat(publish(LAPTOP, OMEMO_2, 101, 202)).isNotNull();
        }

        assertThat(actions().stream().filter("revoked-device-refused"::equals)).hasSize(1);
        assertThat(stored(OMEMO_2)).containsExactly(101);
    }

    @Test
    void anotherDeviceWithAnOldListIsNotBlamed() {
        feature.devices().revoke(ROMEO, 202, false, "admin");

        assertThat(publish(PHONE, OMEMO_2, 101, 202)).isNull();

        assertThat(stored(OMEMO_2)).containsExactly(101);
    }

    @Test
    void aSessionThatNobodyKnowsIsRefusedWhenTheRevokedDeviceIsAllItAdds() {
        feature.devices().revoke(ROMEO, 202, false, "admin");
        var fresh = host.users().connect(ROMEO, "fresh");

        assertThat(publish(fresh, OMEMO_2, 101, 202)).isNotNull();
        assertThat(publish(fresh, OMEMO_2, 101, 202, 303)).isNull();

        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 303);
    }

    @Test
    void theKeyLogIsToldWhatTheServerPublishesAndTakesAway() throws Exception {
        settle();
        keys.clear();

        Removal removal = feature.devices().revoke(ROMEO, 202, false, "admin");
        settle();
        assertThat(told())
                .contains("list " + Set.of(101) + " by home.example")
                .contains("KEYS_REMOVED 202", "DEVICE_REVOKED 202 by admin");

        keys.clear();
        feature.devices().undo(removal.id(), "admin");
        settle();
        assertThat(told())
                .contains("keys 202 by home.example")
                .contains("list " + Set.of(101, 202) + " by home.example")
                .contains("DEVICE_READMITTED 202 by admin");
    }

    private List<String> told() {
        return keys.stream().map(RevocationTest::words).toList();
    }

    private static String words(KeyFact fact) {
        if (fact instanceof KeyFact.Devices list) {
            return "list " + list.devices() + " by " + list.actor();
        }
        if (fact instanceof KeyFact.Keys published) {
            return "keys " + published.device() + " by " + published.actor();
        }
        KeyEvent event = (KeyEvent) fact;
        return event.kind() + " " + event.device() + (event.actor().isEmpty() ? "" : " by " + event.actor());
    }

    @Test
    void itStaysAwayAfterARestart() {
        feature.devices().revoke(ROMEO, 202, false, "admin");
        restart();

        assertThat(publish(LAPTOP, 202, TestBundle.of(OMEMO_2, 2, 25))).isNotNull();
    }

    @Test
    void itsSessionsAreEndedWhenAskedFor() {
        feature.devices().revoke(ROMEO, 202, true, "admin");

        assertThat(host.users().isConnected(LAPTOP)).isFalse();
        assertThat(host.users().isConnected(PHONE)).isTrue();
    }

    @Test
    void itCanBeUndoneWithKeysAndAll() {
        Removal removal = feature.devices().revoke(ROMEO, 202, false, "admin");

        assertThat(feature.devices().undo(removal.id(), "admin")).isTrue();
        assertThat(feature.devices().undo(removal.id(), "admin")).isFalse();

        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(host.pep().items(ROMEO, OmemoNode.bundles(OMEMO_2)))
                .extracting(item -> item.id())
                .contains("202");
        assertThat(host.pep().items(ROMEO, OmemoNode.legacyBundles(202))).hasSize(1);
        assertThat(publish(LAPTOP, OMEMO_2, 101, 202)).isNull();
        assertThat(feature.devices().removals(ROMEO)).hasSize(1);
    }

    @Test
    void onceAdmittedItMayAnnounceItself() {
        feature.devices().revoke(ROMEO, 202, false, "admin");
        feature.devices().admit(ROMEO, 202, "admin");

        assertThat(publish(LAPTOP, OMEMO_2, 101, 202)).isNull();
        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
    }

    @Test
    void anAccountMayHaveNoMoreDevicesThanAllowed() {
        settings.set(OmemoSettings.MAX_DEVICES, 2);

        Refusal refusal = publish(LAPTOP, OMEMO_2, 101, 202, 303);

        assertThat(refusal.condition()).isEqualTo("policy-violation");
        assertThat(refusal.text()).contains("at most 2 devices");
        assertThat(publish(LAPTOP, OMEMO_2, 101, 202)).isNull();
    }

    @Test
    void theOtherSessionsAreAskedAboutANewDevice() throws Exception {
        var tablet = host.users().connect(ROMEO, "tablet");
        host.stanzas().forget();
        clock.move(Duration.ofMinutes(1));

        publish(tablet, 303, TestBundle.of(OMEMO_2, 5, 25));
        settle();
        clock.move(Duration.ofMinutes(1));
        publish(tablet, OMEMO_2, 101, 202, 303);
        settle();
        clock.move(Duration.ofMinutes(1));
        publish(tablet, LEGACY, 202, 303);
        settle();

        assertThat(messagesTo(PHONE)).singleElement().asString().contains("303", "added by tablet", "Was this you?");
        assertThat(messagesTo(LAPTOP)).hasSize(1);
        assertThat(messagesTo(tablet)).isEmpty();
    }

    @Test
    void whoWasAwayIsAskedLaterAndOnce() throws Exception {
        host.users().disconnect(PHONE);
        theOtherSessionsAreAskedExceptWhoIsAway();

        fetch(PHONE, OMEMO_2);
        fetch(PHONE, OMEMO_2);

        assertThat(messagesTo(PHONE)).hasSize(1);
    }

    private void theOtherSessionsAreAskedExceptWhoIsAway() throws Exception {
        host.stanzas().forget();
        clock.move(Duration.ofMinutes(1));
        publish(host.users().connect(ROMEO, "tablet"), OMEMO_2, 101, 202, 303);
        settle();
        assertThat(messagesTo(PHONE)).isEmpty();
    }

    @Test
    void aNewDeviceWaitsForTheUserWhereThatIsWanted() throws Exception {
        settings.set(OmemoSettings.APPROVE_DEVICES, true);
        var tablet = host.users().connect(ROMEO, "tablet");

        publish(tablet, 303, TestBundle.of(OMEMO_2, 5, 25));
        settle();
        publish(tablet, OMEMO_2, 101, 202, 303);
        settle();

        assertThat(fetch(JULIET, OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(fetch(PHONE, OMEMO_2)).containsExactlyInAnyOrder(101, 202);
        assertThat(fetch(tablet, OMEMO_2)).containsExactlyInAnyOrder(101, 202, 303);
        assertThat(feature.devices().devices(ROMEO))
                .filteredOn(view -> view.device().id() == 303)
                .singleElement()
                .satisfies(view -> assertThat(view.mark()).isEqualTo(Mark.PENDING));

        feature.devices().keep(ROMEO, 303, "romeo@home.example/phone");

        assertThat(fetch(JULIET, OMEMO_2)).containsExactlyInAnyOrder(101, 202, 303);
    }

    @Test
    void aDeviceWithoutSignOfLifeIsPrunedAfterADryRunAndCanBePutBack() throws Exception {
        host.users().disconnect(LAPTOP);
        clock.move(Duration.ofDays(100));
        publish(PHONE, 101, TestBundle.of(OMEMO_2, 7, 25));
        settle();
        clock.move(Duration.ofDays(30));

        assertThat(feature.devices().stale(ROMEO))
                .extracting(view -> view.device().id())
                .containsExactly(202);
        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);

        List<Removal> removals = feature.devices().prune(ROMEO, "admin");
        assertThat(stored(OMEMO_2)).containsExactly(101);
        assertThat(feature.devices().undo(removals.get(0).id(), "admin")).isTrue();
        assertThat(stored(OMEMO_2)).containsExactlyInAnyOrder(101, 202);
    }

    @Test
    void aConnectedDeviceIsNeverStale() {
        clock.move(Duration.ofDays(400));

        assertThat(feature.devices().stale(ROMEO)).isEmpty();
    }
}
