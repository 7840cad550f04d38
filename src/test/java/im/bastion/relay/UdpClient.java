// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.PasswordAlgorithm;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageDecoder;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.TextAttribute;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.XorAddressAttribute;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A TURN client, or a peer, on a real socket of this machine. */
public final class UdpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3_000;

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private String username;
    private String password;
    private String realm;
    private String nonce;
    private int transactions;

    /** @param server the address it asks; its own is one of the same machine */
    public UdpClient(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Uses this credential from here on. */
    public void login(String user, String secret) {
        username = user;
        password = secret;
    }

    /** Asks without, and when challenged with, a credential. */
    public StunMessage ask(int method, StunAttribute... attributes) throws IOException, StunFormatException {
        StunMessage answer = ask(message(method, attributes), false);
        if (answer.has(AttributeType.NONCE) && username != null) {
            realm = TextAttribute.read(answer.first(AttributeType.REALM));
            nonce = TextAttribute.read(answer.first(AttributeType.NONCE));
            answer = ask(message(method, attributes), true);
        }
        return answer;
    }

    /** The same, about a peer. */
    public StunMessage askAbout(InetSocketAddress peer, int method, StunAttribute... attributes)
            throws IOException, StunFormatException {
        List<StunAttribute> all = new ArrayList<>(List.of(attributes));
        // The pad of IPv4 addresses is the cookie alone, so any transaction will do.
        all.add(XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, new TransactionId(0, 0, 0)));
        return ask(method, all.toArray(StunAttribute[]::new));
    }

    void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    void send(ByteBuffer datagram) throws IOException {
        send(datagram, server);
    }

    void send(String text, InetSocketAddress to) throws IOException {
        send(ByteBuffer.wrap(text.getBytes(UTF_8)), to);
    }

    /** The next datagram and who sent it. */
    Received receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return new Received(
                (InetSocketAddress) packet.getSocketAddress(),
                ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
    }

    /** Whether nothing comes for a while. */
    boolean hearsNothing() throws IOException {
        socket.setSoTimeout(200);
        try {
            receive();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    record Received(InetSocketAddress from, ByteBuffer data) {
        String text() {
            return US_ASCII.decode(data.duplicate()).toString();
        }

        StunMessage message() throws StunFormatException {
            return StunMessageDecoder.decode(data);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private StunMessage message(int method, StunAttribute... attributes) {
        return new StunMessage(StunClass.REQUEST, method, new TransactionId(0, 0, ++transactions), List.of(attributes));
    }

    private StunMessage ask(StunMessage request, boolean sealed) throws IOException, StunFormatException {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        if (sealed) {
            List<StunAttribute> all = new ArrayList<>(request.attributes());
            all.add(TextAttribute.of(AttributeType.USERNAME, username));
            all.add(TextAttribute.of(AttributeType.REALM, realm));
            all.add(TextAttribute.of(AttributeType.NONCE, nonce));
            StunMessage full = new StunMessage(StunClass.REQUEST, request.method(), request.transactionId(), all);
            new StunMessageEncoder(out)
                    .message(full)
                    .integrity(MessageIntegrity.SHA1, PasswordAlgorithm.MD5.key(username, realm, password))
                    .fingerprint();
        } else {
            new StunMessageEncoder(out).message(request);
        }
        send(out.flip());
        return receive().message();
    }
}
