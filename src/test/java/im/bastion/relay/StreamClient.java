// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

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
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A TURN client on a connection, TCP or TLS. */
final class StreamClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;
    private final Socket socket;
    private final DataInputStream in;
    private final String username;
    private final String password;
    private String realm;
    private String nonce;
    private int transactions;

    StreamClient(Socket socket, String username, String password) throws IOException {
        this.socket = socket;
        this.username = username;
        this.password = password;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
    }

    Socket socket() {
        return socket;
    }

    /** Asks without, and when challenged with, the credential. */
    StunMessage ask(int method, StunAttribute... attributes) throws IOException, StunFormatException {
        if (nonce == null) {
            send(encode(method, false, List.of(attributes)));
            StunMessage challenge = message();
            realm = TextAttribute.read(challenge.first(AttributeType.REALM));
            nonce = TextAttribute.read(challenge.first(AttributeType.NONCE));
        }
        send(encode(method, true, List.of(attributes)));
        return message();
    }

    /** The same, about a peer. */
    StunMessage askAbout(InetSocketAddress peer, int method, StunAttribute... attributes)
            throws IOException, StunFormatException {
        List<StunAttribute> all = new ArrayList<>(List.of(attributes));
        // The pad of IPv4 addresses is the cookie alone, so any transaction will do.
        all.add(XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, new TransactionId(0, 0, 0)));
        return ask(method, all.toArray(StunAttribute[]::new));
    }

    void send(ByteBuffer bytes) throws IOException {
        byte[] out = new byte[bytes.remaining()];
        bytes.get(out);
        socket.getOutputStream().write(out);
        socket.getOutputStream().flush();
    }

    /** The next message. */
    StunMessage message() throws IOException, StunFormatException {
        return StunMessageDecoder.decode(frame(20));
    }

    /** The next ChannelData, padding included. */
    ByteBuffer channelData() throws IOException {
        return frame(4);
    }

    /** The next bytes as they are. */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    /** Whether the server has ended the connection. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    private ByteBuffer frame(int header) throws IOException {
        byte[] begin = bytes(4);
        int length = ((begin[2] & 0xFF) << 8 | (begin[3] & 0xFF)) + 3 & ~3;
        byte[] more = bytes(header - 4 + length);
        return ByteBuffer.allocate(4 + more.length).put(begin).put(more).flip();
    }

    private ByteBuffer encode(int method, boolean sealed, List<StunAttribute> attributes) {
        List<StunAttribute> all = new ArrayList<>(attributes);
        ByteBuffer out = ByteBuffer.allocate(1_000);
        if (sealed) {
            all.add(TextAttribute.of(AttributeType.USERNAME, username));
            all.add(TextAttribute.of(AttributeType.REALM, realm));
            all.add(TextAttribute.of(AttributeType.NONCE, nonce));
        }
        StunMessageEncoder encoder = new StunMessageEncoder(out)
                .message(new StunMessage(StunClass.REQUEST, method, new TransactionId(0, 0, ++transactions), all));
        if (sealed) {
            encoder.integrity(MessageIntegrity.SHA1, PasswordAlgorithm.MD5.key(username, realm, password));
        }
        return out.flip();
    }

    /** Ends the connection in the middle of things. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
