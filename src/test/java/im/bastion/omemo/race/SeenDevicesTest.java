// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.race;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class SeenDevicesTest {
    private static final JID PHONE = new JID("romeo@home.example/phone");
    private static final OmemoGeneration GENERATION = OmemoGeneration.OMEMO_2;

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final SeenDevices seen = new SeenDevices(() -> now);

    @Test
    void whatWasAskedForIsSeenAtOnceAndWhatWasToldALittleLater() {
        seen.fetched(PHONE, GENERATION, Set.of(1));
        seen.told(PHONE, GENERATION, Set.of(1, 2));

        assertThat(seen.of(PHONE, GENERATION)).containsExactly(1);
        now = now.plus(SeenDevices.UNDER_WAY);
        assertThat(seen.of(PHONE, GENERATION)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void beingToldAgainDoesNotPutItOff() {
        seen.told(PHONE, GENERATION, Set.of(1));
        now = now.plus(SeenDevices.UNDER_WAY);
        seen.told(PHONE, GENERATION, Set.of(1));

        assertThat(seen.of(PHONE, GENERATION)).containsExactly(1);
    }

    @Test
    void onlyTheLastListCounts() {
        seen.fetched(PHONE, GENERATION, Set.of(1, 2));
        seen.fetched(PHONE, GENERATION, Set.of(2));

        assertThat(seen.of(PHONE, GENERATION)).containsExactly(2);
    }

    @Test
    void whoIsForgottenHasSeenNothing() {
        seen.fetched(PHONE, GENERATION, Set.of(1));
        for (int i = 0; i < SeenDevices.MAX_SESSIONS * 2; i++) {
            seen.fetched(new JID("romeo", "home.example", "r" + i, true), GENERATION, Set.of(1));
        }

        assertThat(seen.of(PHONE, GENERATION)).isSubsetOf(1);
        assertThat(seen.sessions()).isLessThanOrEqualTo(SeenDevices.MAX_SESSIONS);
    }

    @Test
    void ofAnEndlessListTheFirstDevicesAreRemembered() {
        seen.fetched(PHONE, GENERATION, IntStream.range(1, 1_000).boxed().collect(Collectors.toList()));

        assertThat(seen.of(PHONE, GENERATION)).hasSize(SeenDevices.MAX_DEVICES);
    }
}
