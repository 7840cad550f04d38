// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.IpLiteral;
import im.bastion.relay.OutsideTest;
import im.bastion.relay.UdpClient;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationsPageTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void showsThatNothingIsRelayed() {
        assertThat(html()).contains("Nothing is relayed now.", "0 of 250 allocations; 256 relayed ports");
        assertThat(admin.post(page(), Map.of("action", "end", "allocation", "7"))
                        .status())
                .isEqualTo(409);
        assertThat(admin.post(page(), Map.of("action", "end")).status()).isEqualTo(400);
        assertThat(admin.post(page(), Map.of("allocation", "7")).status()).isEqualTo(400);
    }

    @Test
    void showsAnAllocationItsCourseAndWhatItsClientMayNotAndEndsIt() throws Exception {
        try (UdpClient client = client()) {
            assertThat(client.ask(StunMethod.ALLOCATE, FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17))
                            .has(AttributeType.XOR_RELAYED_ADDRESS))
                    .isTrue();
            var unused = client.askAbout(
                    new InetSocketAddress(IpLiteral.parse("10.0.0.1"), 9), StunMethod.CREATE_PERMISSION);

            assertThat(admin.get(page(), Map.of("allocation", "1")).html())
                    .contains("self-test from outside", "1 allocation", "127.0.0.1", "id=\"end-1\"", "Course of")
                    .contains("10.0.0.0/8", "Reserved:");
            assertThat(admin.postWithoutToken(page(), Map.of("action", "end", "allocation", "1"))
                            .status())
                    .isEqualTo(403);
            assertThat(admin.post(page(), Map.of("action", "end", "allocation", "1"))
                            .location())
                    .isEqualTo("bastion-allocations.jsp?done=done");

            Awaitility.await().atMost(SOON).until(() -> html().contains("Nothing is relayed now."));
            StunMessage refused = client.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(600));
            assertThat(ErrorCodeAttribute.read(refused.first(AttributeType.ERROR_CODE)))
                    .isEqualTo(437);
            assertThat(stage.recorded)
                    .filteredOn(event -> event.action().equals("allocation-ended"))
                    .extracting(AuditEvent::subject)
                    .containsExactly("self-test from outside");
        }
    }

    private UdpClient client() throws IOException {
        int port;
        do {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
        } while (port >= 49_152);
        set("listen-address", "127.0.0.1");
        set("external-address", "127.0.0.1");
        set("port", String.valueOf(port));
        set("tcp", "false");
        set("tls-port", "0");
        set("mode", "enforce");
        stage.relay.start();
        OutsideTest test = stage.relay.services().outside();
        UdpClient client = new UdpClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.login(test.username(), test.password());
        return client;
    }

    private void set(String name, String value) {
        stage.host.properties().set("plugin.bastion.relay." + name, value);
    }

    private String html() {
        return admin.get(page(), Map.of()).html();
    }

    private HttpServlet page() {
        return stage.page("allocations");
    }
}
