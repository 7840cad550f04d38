// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.PasswordAlgorithm;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageDecoder;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TextAttribute;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.UnsignedAttribute;
import im.bastion.relay.stun.XorAddressAttribute;
import im.bastion.relay.turn.Leg;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A client of a STUN or TURN server. All calls block, no longer than {@link Patience#MILLIS}, and throw {@link
 * SocketTimeoutException} when no answer comes. For one thread.
 */
public final class TurnClient implements AutoCloseable {
    private static final int UDP = 17;
    private static final int CHANNEL = ChannelData.MIN_NUMBER;
    private static final int MAX_REQUEST_BYTES = 1_024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ClientTransport transport;
    private String username;
    private String password;
    private String realm;
    private String nonce;

    private TurnClient(ClientTransport transport) {
        this.transport = transport;
    }

    /**
     * A client that is connected to that server.
     *
     * @param leg not DTLS
     * @param context for TLS; takes any certificate
     */
    public static TurnClient connect(Leg leg, InetSocketAddress server, SSLContext context) throws IOException {
        return new TurnClient(
                switch (leg) {
                    case UDP -> DatagramTransport.open(server);
                    case TCP -> StreamTransport.openTcp(server);
                    case TLS -> StreamTransport.openTls(server, context, null);
                    case DTLS -> throw new IllegalArgumentException("no client of ours comes over DTLS");
                });
    }

    /** Connects over TLS as one who checks certificates. */
    public static TurnClient connectChecking(InetSocketAddress server, SSLContext context, String name)
            throws IOException {
        return new TurnClient(StreamTransport.openTls(server, context, name));
    }

    /** Uses this credential from here on. */
    public void login(String user, String secret) {
        username = user;
        password = secret;
    }

    /** Where this client is, as its own machine sees it. */
    public InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    /** Where the server sees this client. */
    public InetSocketAddress mapped() throws IOException {
        StunMessage answer = ask(request(StunMethod.BINDING));
        return address(answer, AttributeType.XOR_MAPPED_ADDRESS);
    }

    /** Gets a relayed address of that family. */
    public InetSocketAddress allocate(AddressFamily family) throws IOException {
        List<StunAttribute> wish =
                new ArrayList<>(List.of(FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, UDP)));
        if (family == AddressFamily.IPV6) {
            wish.add(FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, family.number()));
        }
        StunMessage answer = ask(request(StunMethod.ALLOCATE, wish.toArray(StunAttribute[]::new)));
        return address(answer, AttributeType.XOR_RELAYED_ADDRESS);
    }

    /** Binds a channel to the peer, which is also the permission for its address. */
    public void bind(InetSocketAddress peer) throws IOException {
        TransactionId id = transactionId();
        var unused = ask(new StunMessage(
                StunClass.REQUEST,
                StunMethod.CHANNEL_BIND,
                id,
                List.of(
                        ChannelNumberAttribute.of(CHANNEL),
                        XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, id))));
    }

    /** Sends to the peer. */
    public void send(byte[] data) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(ChannelData.HEADER_BYTES + data.length);
        out.position(ChannelData.HEADER_BYTES).put(data).flip().position(ChannelData.HEADER_BYTES);
        ChannelData.wrap(out, CHANNEL);
        transport.send(out);
    }

    /** What the peer sends next, or null when nothing comes within so many milliseconds. */
    public byte[] receive(int millis) throws IOException {
        long deadline = Patience.deadline(millis);
        ByteBuffer next = transport.receive(deadline);
        while (next != null && !(ChannelData.isChannelData(next) && ChannelData.narrow(next))) {
            next = transport.receive(deadline);
        }
        if (next == null) {
            return null;
        }
        byte[] data = new byte[next.remaining()];
        next.get(data);
        return data;
    }

    /** Ends the allocation. */
    public void free() throws IOException {
        var unused = ask(request(StunMethod.REFRESH, UnsignedAttribute.lifetime(0)));
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private StunMessage ask(StunMessage request) throws IOException {
        StunMessage answer = exchange(request);
        if (nonce == null && username != null && answer.has(AttributeType.NONCE)) {
            // The challenge (RFC 8489 §9.2.3). What comes before it holds no address, which would be tied to its
            // transaction.
            realm = text(answer, AttributeType.REALM);
            nonce = text(answer, AttributeType.NONCE);
            answer = exchange(request(request.method(), request.attributes().toArray(StunAttribute[]::new)));
        }
        if (answer.stunClass() == StunClass.ERROR) {
            throw new RefusedException(code(answer));
        }
        return answer;
    }

    /** Sends it, again and again where it may get lost, until its answer comes. */
    private StunMessage exchange(StunMessage request) throws IOException {
        ByteBuffer bytes = encode(request);
        int[] pauses = transport.leg().isStream() ? new int[] {Patience.MILLIS} : Patience.RETRANSMIT_MILLIS;
        for (int pause : pauses) {
            transport.send(bytes.duplicate());
            StunMessage answer = await(request.transactionId(), Patience.deadline(pause));
            if (answer != null) {
                return answer;
            }
        }
        throw new SocketTimeoutException("no answer");
    }

    private StunMessage await(TransactionId id, long deadline) throws IOException {
        ByteBuffer next = transport.receive(deadline);
        while (next != null) {
            if (StunMessageDecoder.isStun(next)) {
                StunMessage message = decode(next);
                if (message.transactionId().equals(id)) {
                    return message;
                }
            }
            next = transport.receive(deadline);
        }
        return null;
    }

    private ByteBuffer encode(StunMessage request) {
        ByteBuffer out = ByteBuffer.allocate(MAX_REQUEST_BYTES);
        if (nonce == null) {
            new StunMessageEncoder(out).message(request).fingerprint();
            return out.flip();
        }
        List<StunAttribute> all = new ArrayList<>(request.attributes());
        all.add(TextAttribute.of(AttributeType.USERNAME, username));
        all.add(TextAttribute.of(AttributeType.REALM, realm));
        all.add(TextAttribute.of(AttributeType.NONCE, nonce));
        new StunMessageEncoder(out)
                .message(new StunMessage(StunClass.REQUEST, request.method(), request.transactionId(), all))
                .integrity(MessageIntegrity.SHA1, PasswordAlgorithm.MD5.key(username, realm, password))
                .fingerprint();
        return out.flip();
    }

    private static StunMessage request(int method, StunAttribute... attributes) {
        return new StunMessage(StunClass.REQUEST, method, transactionId(), List.of(attributes));
    }

    private static TransactionId transactionId() {
        return new TransactionId(RANDOM.nextInt(), RANDOM.nextInt(), RANDOM.nextInt());
    }

    private static StunMessage decode(ByteBuffer bytes) throws IOException {
        try {
            return StunMessageDecoder.decode(bytes);
        } catch (StunFormatException e) {
            throw new IOException("the answer cannot be read", e);
        }
    }

    private static InetSocketAddress address(StunMessage answer, int type) throws IOException {
        StunAttribute attribute = answer.first(type);
        try {
            if (attribute == null) {
                throw new StunFormatException("no address");
            }
            return XorAddressAttribute.read(attribute, answer.transactionId());
        } catch (StunFormatException e) {
            throw new IOException("the answer has no address", e);
        }
    }

    private static String text(StunMessage answer, int type) throws IOException {
        StunAttribute attribute = answer.first(type);
        try {
            return attribute == null ? "" : TextAttribute.read(attribute);
        } catch (StunFormatException e) {
            throw new IOException("the answer cannot be read", e);
        }
    }

    private static int code(StunMessage answer) throws IOException {
        StunAttribute attribute = answer.first(AttributeType.ERROR_CODE);
        try {
            return attribute == null ? 0 : ErrorCodeAttribute.read(attribute);
        } catch (StunFormatException e) {
            throw new IOException("the answer cannot be read", e);
        }
    }
}
