// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import static im.bastion.federation.key.Seen.CA;
import static im.bastion.federation.key.Seen.NOW;
import static im.bastion.federation.key.Seen.PEER;
import static im.bastion.federation.key.Seen.plain;
import static im.bastion.federation.key.Seen.selfSigned;
import static im.bastion.federation.key.Seen.valid;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.ServerSession.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerKeysTest {
    private Instant now = NOW;
    private PeerKeys peer = PeerKeys.unseen(PEER, Direction.OUTGOING, NOW);

    private void see(Seen seen, String authority) {
        now = now.plusSeconds(60);
        peer = peer.seen(seen.sighting(), authority, now);
    }

    private void see(Seen seen) {
        see(seen, seen.distrust() == null ? CA : "");
    }

    private List<KeyChange> changes() {
        return peer.alerts().stream().map(KeyAlert::change).toList();
    }

    private KeyAlert only(KeyChange change) {
        assertThat(peer.alerts()).hasSize(1);
        assertThat(peer.alerts().get(0).change()).isEqualTo(change);
        return peer.alerts().get(0);
    }

    @Test
    void whoeverIsSeenFirstIsBelieved() {
        see(valid("a"));
        see(valid("a"));

        assertThat(peer.alerts()).isEmpty();
        assertThat(peer.latest().spki()).isEqualTo("a");
        assertThat(peer.latest().authority()).isEqualTo(CA);
        assertThat(peer.best()).isEqualTo(new Protection("TLSv1.3", true, true));
    }

    @Test
    void aRenewedCertificateForAKnownKeyIsNotedAndAsksNothing() {
        see(valid("a"));
        now = now.plus(Duration.ofDays(60));
        peer = peer.seen(valid("a").certificate("next").sighting(PEER, NOW.plus(Duration.ofDays(120))), CA, now);

        KeyAlert alert = only(KeyChange.RENEWED);
        assertThat(alert.isOpen()).isFalse();
        assertThat(alert.before()).isEqualTo("certificate of a");
        assertThat(alert.after()).isEqualTo("next");
        assertThat(peer.latest().certificate()).isEqualTo("next");
    }

    @Test
    void aNewKeyOfTheSameAuthorityIsToldOnceAndKnownFromThenOn() {
        see(valid("a"));
        see(valid("b"));
        see(valid("b"));
        see(valid("a"));

        KeyAlert alert = only(KeyChange.NEW_KEY);
        assertThat(alert.before()).isEqualTo("a");
        assertThat(alert.after()).isEqualTo("b");
        assertThat(alert.key()).isEqualTo("b");
        assertThat(alert.isOpen()).isTrue();
        assertThat(peer.keys()).extracting(KnownKey::spki).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aNewAuthorityIsToldWithBothNames() {
        see(valid("a"));
        see(valid("b"), "Another authority");

        assertThat(only(KeyChange.NEW_AUTHORITY).detail()).isEqualTo(CA + " → Another authority");
    }

    @Test
    void anAuthorityThatVouchedForAnyKnownKeyIsNotNew() {
        see(valid("a"));
        see(valid("b"), "Another authority");
        see(valid("c"));

        assertThat(changes()).containsExactlyInAnyOrder(KeyChange.NEW_AUTHORITY, KeyChange.NEW_KEY);
    }

    @Test
    void aSelfSignedPeerWithAnotherKeyIsTold() {
        see(selfSigned("a"));
        see(selfSigned("b"));

        assertThat(only(KeyChange.UNVOUCHED_KEY).detail()).isEqualTo("its certificate is self-signed");
    }

    @Test
    void aChainThatIsNoLongerValidIsToldAndItsKeyNotLearned() {
        see(valid("a"));
        see(selfSigned("evil"));

        KeyAlert alert = only(KeyChange.NOT_VALID);
        assertThat(alert.after()).isEqualTo("evil");
        assertThat(alert.detail()).isEqualTo("its certificate is self-signed");
        assertThat(peer.keys()).extracting(KnownKey::spki).containsExactly("a");
    }

    @Test
    void anExpiredCertificateOfTheKnownKeyIsTold() {
        see(valid("a"));
        see(valid("a").distrust("its certificate expired on 2026-11-25").dialback());

        assertThat(only(KeyChange.NOT_VALID).detail()).contains("expired on");
    }

    @Test
    void noTlsWhereThereWasTlsIsOneChange() {
        see(valid("a"));
        see(plain());

        KeyAlert alert = only(KeyChange.NO_TLS);
        assertThat(alert.before()).isEqualTo("TLSv1.3");
        assertThat(alert.after()).isEmpty();
    }

    @Test
    void anOlderVersionOfTlsIsTold() {
        see(valid("a"));
        see(valid("a").protocol("TLSv1.2"));

        KeyAlert alert = only(KeyChange.OLDER_TLS);
        assertThat(alert.before()).isEqualTo("TLSv1.3");
        assertThat(alert.after()).isEqualTo("TLSv1.2");
    }

    @Test
    void dialbackWhereExternalWasUsedIsTold() {
        see(valid("a"));
        see(valid("a").dialback());

        only(KeyChange.DIALBACK);
    }

    @Test
    void whatGetsBetterIsNoNews() {
        see(plain());
        see(selfSigned("a").protocol("TLSv1.2"));
        see(valid("a").dialback());
        see(valid("a"));

        assertThat(peer.alerts()).isEmpty();
        assertThat(peer.best()).isEqualTo(new Protection("TLSv1.3", true, true));
    }

    @Test
    void theSameChangeIsCountedNotToldAgain() {
        see(valid("a"));
        see(plain());
        KeyAlert first = only(KeyChange.NO_TLS);
        see(valid("a"));
        see(plain());

        KeyAlert again = only(KeyChange.NO_TLS);
        assertThat(again.raised()).isEqualTo(first.raised());
        assertThat(again.times()).isEqualTo(2);
        assertThat(again.last()).isEqualTo(now);
    }

    @Test
    void whatWasAcceptedIsToldNoMore() {
        see(valid("a"));
        see(plain());
        peer = peer.decided(only(KeyChange.NO_TLS).id(), KeyAlert.State.ACCEPTED, "admin");
        see(plain());

        KeyAlert alert = only(KeyChange.NO_TLS);
        assertThat(alert.state()).isEqualTo(KeyAlert.State.ACCEPTED);
        assertThat(alert.by()).isEqualTo("admin");
    }

    @Test
    void whatWasDismissedIsToldWhenItHappensAgain() {
        see(valid("a"));
        see(plain());
        PeerKeys dismissed = peer.decided(only(KeyChange.NO_TLS).id(), KeyAlert.State.DISMISSED, "admin");
        assertThat(dismissed.alerts().get(0).isOpen()).isFalse();
        peer = dismissed;
        see(plain());

        assertThat(only(KeyChange.NO_TLS).isOpen()).isTrue();
        assertThat(peer.toldSince(dismissed)).hasSize(1);
    }

    @Test
    void aKeyThatIsAcceptedThoughNobodyVouchesForItIsLearned() {
        see(valid("a"));
        see(selfSigned("b"));
        peer = peer.decided(only(KeyChange.NOT_VALID).id(), KeyAlert.State.ACCEPTED, "admin");
        see(selfSigned("b"));

        assertThat(peer.keys()).extracting(KnownKey::spki).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anAlertIsDecidedOnce() {
        see(valid("a"));
        see(plain());
        String id = only(KeyChange.NO_TLS).id();
        peer = peer.decided(id, KeyAlert.State.ACCEPTED, "admin");

        assertThat(peer.decided(id, KeyAlert.State.DISMISSED, "other")).isSameAs(peer);
        assertThat(peer.decided("unknown", KeyAlert.State.DISMISSED, "other")).isSameAs(peer);
    }

    @Test
    void aPeerWithEverNewKeysFillsNothing() {
        for (int i = 0; i < 1_000; i++) {
            see(i % 2 == 0 ? valid("k" + i) : selfSigned("k" + i));
        }

        assertThat(peer.keys()).hasSize(PeerKeys.MAX_KEYS);
        assertThat(peer.alerts()).hasSize(PeerKeys.MAX_ALERTS);
    }

    @Test
    void routineMakesNoRoomForWhatIsOpen() {
        see(valid("a"));
        see(plain());
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(60);
            Instant until = NOW.plus(Duration.ofDays(61 + i));
            peer = peer.seen(valid("a").certificate("c" + i).sighting(PEER, until), CA, now);
        }

        assertThat(peer.alerts()).hasSize(PeerKeys.MAX_ALERTS);
        assertThat(peer.alerts().get(0).change()).isEqualTo(KeyChange.NO_TLS);
    }

    @Test
    void whatTwoNodesKnowIsTheSameInEitherOrder() {
        see(valid("a"));
        PeerKeys other = peer;
        see(valid("b"));
        see(plain());
        peer = peer.decided(peer.alerts().get(0).id(), KeyAlert.State.ACCEPTED, "admin");
        other = other.seen(valid("c").protocol("TLSv1.2").sighting(), "Another", now.plusSeconds(5));

        PeerKeys merged = peer.merged(other);

        assertThat(merged).isEqualTo(other.merged(peer)).isEqualTo(merged.merged(peer));
        assertThat(merged.keys()).extracting(KnownKey::spki).containsExactly("c", "b", "a");
        assertThat(merged.best().protocol()).isEqualTo("TLSv1.3");
        assertThat(merged.accepted()).hasSize(1);
        assertThat(merged.alerts()).hasSize(4);
    }

    @Test
    void decisionsOfTwoNodesAddUpToTheSameInEitherOrder() {
        see(valid("a"));
        see(plain());
        see(valid("a").protocol("TLSv1.2"));
        String stripped = peer.alerts().get(1).id();
        String older = peer.alerts().get(0).id();
        PeerKeys one = peer.decided(stripped, KeyAlert.State.ACCEPTED, "admin");
        PeerKeys other = peer.decided(older, KeyAlert.State.ACCEPTED, "admin");

        assertThat(one.merged(other)).isEqualTo(other.merged(one));
        assertThat(one.merged(other).accepted()).containsExactlyInAnyOrder(stripped, older);
        assertThat(one.merged(other).merged(one)).isEqualTo(one.merged(other));
    }

    @Test
    void aDecisionOnOneNodeIsNotUndoneByAnotherThatHasNotHeardOfIt() {
        see(valid("a"));
        see(plain());
        PeerKeys other = peer;
        peer = peer.decided(only(KeyChange.NO_TLS).id(), KeyAlert.State.ACCEPTED, "admin");
        other = other.seen(plain().sighting(), "", now.plusSeconds(5));

        KeyAlert alert = peer.merged(other).alerts().get(0);
        assertThat(alert.state()).isEqualTo(KeyAlert.State.ACCEPTED);
        assertThat(alert.times()).isEqualTo(2);
        assertThat(other.merged(peer).alerts()).containsExactly(alert);
    }

    @Test
    void survivesTheDatabase() {
        see(valid("a"));
        see(valid("b"), "Another");
        see(plain());
        peer = peer.decided(peer.alerts().get(0).id(), KeyAlert.State.ACCEPTED, "admin");

        assertThat(KeyJson.read(KeyJson.of(peer))).isEqualTo(peer);
    }

    @Test
    void theFullestRowFitsIntoTheDatabase() {
        String longest = "é".repeat(500);
        for (int i = 0; i < 100; i++) {
            see(
                    new Seen(
                            "TLSv1.3",
                            "%064x".formatted(i),
                            "%064x".formatted(i),
                            null,
                            valid("").authentication()),
                    longest);
            peer = peer.decided(
                    peer.alerts().isEmpty() ? "" : peer.alerts().get(0).id(), KeyAlert.State.ACCEPTED, longest);
        }

        assertThat(KeyJson.of(peer).getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThan(64 * 1024);
    }
}
