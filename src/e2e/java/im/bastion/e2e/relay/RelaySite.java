// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import im.bastion.e2e.server.ServerOptions;
import im.bastion.relay.UdpClient;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.dom4j.Element;

/** A server that relays on loopback, for all tests that need one. */
final class RelaySite {
    static final String PREFIX = "plugin.bastion.relay.";
    static final int PORT = freePort();
    /** For TLS and, over UDP, for DTLS. */
    static final int SECURE_PORT = freePort();

    static final ServerOptions OPTIONS = ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .property(PREFIX + "mode", "enforce")
            .property(PREFIX + "listen-address", "127.0.0.1")
            .property(PREFIX + "port", String.valueOf(PORT))
            .property(PREFIX + "tls-port", String.valueOf(SECURE_PORT))
            .property(PREFIX + "dtls-port", String.valueOf(SECURE_PORT))
            .property(PREFIX + "allow-loopback-peers", "true")
            .property(PREFIX + "max-allocations-per-user", "64")
            .bastion();

    private RelaySite() {}

    /** A client of our own for the service, with its credential: coturn's keeps trying for long when it is refused. */
    static UdpClient client(Element service, String password) throws IOException {
        UdpClient client = new UdpClient(new InetSocketAddress(
                InetAddress.getByName(service.attributeValue("host")),
                Integer.parseInt(service.attributeValue("port"))));
        client.login(service.attributeValue("username"), password);
        return client;
    }

    /** The code with which it is refused, or 0 when it gets an allocation. */
    static int allocate(UdpClient client) throws Exception {
        return code(client.ask(StunMethod.ALLOCATE, FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17)));
    }

    /** The error's code, or 0 for a success. */
    static int code(StunMessage answer) throws Exception {
        return answer.stunClass() == StunClass.SUCCESS
                ? 0
                : ErrorCodeAttribute.read(answer.first(AttributeType.ERROR_CODE));
    }

    /** A free UDP port below those that relayed addresses have. */
    static int freePort() {
        for (int i = 0; i < 1_000; i++) {
            try (DatagramSocket socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                if (socket.getLocalPort() < 49_152) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("no free UDP port below 49152");
    }
}
