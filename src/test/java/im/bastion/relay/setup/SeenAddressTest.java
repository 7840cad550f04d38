// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.policy.IpLiteral;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenAddressTest {
    @Test
    void readsServersWithAndWithoutAPort() {
        assertThat(SeenAddress.parse("192.0.2.1")).isEqualTo(at("192.0.2.1", 3_478));
        assertThat(SeenAddress.parse("192.0.2.1:19302")).isEqualTo(at("192.0.2.1", 19_302));
        assertThat(SeenAddress.parse("2001:db8::1")).isEqualTo(at("2001:db8::1", 3_478));
        assertThat(SeenAddress.parse("[2001:db8::1]")).isEqualTo(at("2001:db8::1", 3_478));
        assertThat(SeenAddress.parse("[2001:db8::1]:99")).isEqualTo(at("2001:db8::1", 99));
        assertThat(SeenAddress.parse("localhost:1").getHostString()).isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":3478", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:x", "1.2.3", "[::1", "[]:1"})
    void refusesWhatIsNoServer(String text) {
        assertThatThrownBy(() -> SeenAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int port;
        try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThatThrownBy(() -> SeenAddress.ask("127.0.0.1:" + port)).isInstanceOf(IOException.class);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(IpLiteral.parse(address), port);
    }
}
