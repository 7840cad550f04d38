// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryReaderTest {
    private static final Instant THEN = Instant.parse("2026-11-24T12:00:00Z");
    private static final PeerDay DAY = new PeerDay(
            "péer.test",
            LocalDate.parse("2026-11-24"),
            List.of(shape("ab".repeat(32), "it ran \"out\"\n"), shape(null, null)),
            3,
            new Traffic(1, 2, 3),
            new Traffic(4, 5, 6),
            7,
            UserSketch.of(new long[] {9}));

    private static Shape shape(String key, String distrust) {
        StreamFacts facts = new StreamFacts(
                Direction.INCOMING,
                "péer.test",
                key != null,
                key == null ? "" : "TLSv1.3",
                new CipherSuite(key == null ? "" : "TLS_AES_128_GCM_SHA256"),
                Establishment.UNKNOWN,
                Authentication.DIALBACK,
                key,
                key == null ? Instant.MAX : THEN,
                distrust,
                NameMatch.DIFFERS);
        return new Shape(facts, "192.0.2.1", key == null ? "" : key, 2, THEN, THEN.plusSeconds(5));
    }

    @Test
    void whatWasWrittenIsRead() {
        assertThat(HistoryReader.day(HistoryJson.of(DAY))).isEqualTo(DAY);
        PeerProfile profile = new PeerProfile(
                "péer.test", THEN, THEN.plusSeconds(1), DAY.shapes().get(0), null);
        assertThat(HistoryReader.profile(HistoryJson.of(profile))).isEqualTo(profile);
    }

    @Test
    void whatALaterVersionAddsIsLeftOut() {
        String more = HistoryJson.of(DAY).replace("\"others\"", "\"new\":{\"a\":[1,null]},\"others\"");

        assertThat(HistoryReader.day(more)).isEqualTo(DAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "day", "shapes", "in", "out", "users", "direction", "cipher", "name", "first"})
    void aFieldThatIsMissingIsAFaultOfTheWholeRow(String field) {
        String less = HistoryJson.of(DAY).replace("\"" + field + "\"", "\"other\"");

        assertThatThrownBy(() -> HistoryReader.day(less)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "null", "{\"day\":\"today\"}", "{\"shapes\":[{}]}", "{\"in\":[1,2]}", "{} {}"})
    void whatIsNoRowIsRefused(String body) {
        assertThatThrownBy(() -> HistoryReader.day(body)).isInstanceOf(IllegalArgumentException.class);
    }
}
