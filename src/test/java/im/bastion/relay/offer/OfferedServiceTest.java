// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferedServiceTest {
    @ParameterizedTest
    @CsvSource({
        "turn:relay.example, turn, relay.example, 3478, udp",
        "turn:relay.example:3479?transport=tcp, turn, relay.example, 3479, tcp",
        "TURNS:relay.example, turns, relay.example, 5349, tcp",
        "turns:relay.example:443?transport=udp, turns, relay.example, 443, udp",
        "stun:192.0.2.1, stun, 192.0.2.1, 3478, udp",
        "stuns:[2001:db8::1]:5350, stuns, 2001:db8::1, 5350, tcp"
    })
    void readsUris(String uri, String type, String host, int port, String transport) {
        assertThat(OfferedService.ofUri(uri)).isEqualTo(new OfferedService(type, host, port, transport));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "relay.example",
                "turn:",
                "turn://relay.example",
                "turn:relay.example:0",
                "turn:relay.example:65536",
                "turn:relay.example?transport=sctp",
                "turn:user@relay.example",
                "http:relay.example",
                "turn:a b"
            })
    void refusesWhatIsNone(String uri) {
        assertThatThrownBy(() -> OfferedService.ofUri(uri)).isInstanceOf(IllegalArgumentException.class);
    }
}
