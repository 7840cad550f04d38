// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;

import im.bastion.metric.Counters;
import im.bastion.relay.credential.TurnCredential;
import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.LongTermKey;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TextAttribute;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A server with sockets in memory, a clock that the test turns, and the things clients say to it. */
final class TurnStage {
    static final String REALM = "home.example";
    static final StunAttribute UDP = FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17);
    static final InetSocketAddress ROMEO = address("192.0.2.10", 4_000);
    static final InetSocketAddress JULIET = address("192.0.2.11", 4_000);
    static final InetSocketAddress PEER = address("93.184.216.34", 5_000);

    final MemoryRelaySockets sockets = new MemoryRelaySockets();
    final AllocationQuota quota = new AllocationQuota(3, 6);
    final Counters counters = new Counters();
    final TurnCredentials credentials = new TurnCredentials(List.of("secret"));
    final TurnServer server;
    private long nanos = Long.MAX_VALUE - 5_000_000_000L; // overflows soon, as System.nanoTime() may
    private long epochSeconds = 1_800_000_000L;
    private int transactions;

    TurnStage() {
        NonceIssuer nonces = new NonceIssuer("0123456789abcdef".getBytes(US_ASCII));
        PeerAddressPolicy.Here here = new PeerAddressPolicy.Here(
                Set.of(MemoryRelaySockets.IPV4, MemoryRelaySockets.IPV6),
                Set.of(),
                MemoryRelaySockets.MIN_PORT,
                MemoryRelaySockets.MAX_PORT);
        server = new TurnServer(
                new Authenticator(REALM, () -> credentials, nonces),
                sockets,
                new PeerAddressPolicy(here, false),
                quota,
                new TurnCounters(counters));
    }

    static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(IpLiteral.parse(ip), port);
    }

    Moment now() {
        return new Moment(nanos, epochSeconds);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        epochSeconds += time.toSeconds();
    }

    TurnCredential credential(String account) {
        return credentials.mint(account, Instant.ofEpochSecond(epochSeconds), Duration.ofHours(6));
    }

    /** A client at that address with a fresh credential and nonce. */
    Client client(InetSocketAddress at, String account) {
        return new Client(this, at, credential(account));
    }

    Client romeo() {
        return client(ROMEO, "romeo@home.example");
    }

    StunMessage request(int method, StunAttribute... attributes) {
        return new StunMessage(StunClass.REQUEST, method, new TransactionId(0, 0, ++transactions), List.of(attributes));
    }

    /** What the server answers, or null. */
    Answer send(ByteBuffer datagram, InetSocketAddress from) {
        ByteBuffer answer = ByteBuffer.allocate(TurnServer.MAX_ANSWER_BYTES);
        return server.fromClient(datagram, from, now(), answer) ? new Answer(answer) : null;
    }

    Answer send(StunMessage message, InetSocketAddress from) {
        return send(encode(message), from);
    }

    /** What the client of the relayed address gets when a peer sends this there, or null. */
    ByteBuffer fromPeer(InetSocketAddress relayed, InetSocketAddress peer, String data) {
        ByteBuffer buffer = ByteBuffer.allocate(1_000).position(DataIndication.MAX_HEADROOM);
        buffer.put(data.getBytes(US_ASCII)).flip().position(DataIndication.MAX_HEADROOM);
        return server.fromPeer(sockets.open.get(relayed), buffer, peer, now()) ? buffer : null;
    }

    static ByteBuffer encode(StunMessage message) {
        ByteBuffer out = ByteBuffer.allocate(2_000);
        new StunMessageEncoder(out).message(message);
        return out.flip();
    }

    static StunAttribute peer(InetSocketAddress peer, StunMessage in) {
        return XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, in.transactionId());
    }

    static StunMessage with(StunMessage message, StunAttribute... more) {
        List<StunAttribute> all = new ArrayList<>(message.attributes());
        all.addAll(List.of(more));
        return new StunMessage(message.stunClass(), message.method(), message.transactionId(), all);
    }

    /** One who knows a credential. */
    static final class Client {
        private final TurnStage stage;
        final InetSocketAddress at;
        String username;
        String password;
        String realm = REALM;
        String nonce;
        MessageIntegrity integrity = MessageIntegrity.SHA1;

        Client(TurnStage stage, InetSocketAddress at, TurnCredential credential) {
            this.stage = stage;
            this.at = at;
            this.username = credential.username();
            this.password = credential.password();
            this.nonce = stage.send(stage.request(StunMethod.ALLOCATE, UDP), at).text(AttributeType.NONCE);
        }

        byte[] key() {
            return LongTermKey.md5(username, realm, password);
        }

        Answer ask(int method, StunAttribute... attributes) {
            return ask(stage.request(method, attributes));
        }

        Answer ask(StunMessage request) {
            ByteBuffer out = ByteBuffer.allocate(2_000);
            new StunMessageEncoder(out)
                    .message(with(
                            request,
                            TextAttribute.of(AttributeType.USERNAME, username),
                            TextAttribute.of(AttributeType.REALM, realm),
                            TextAttribute.of(AttributeType.NONCE, nonce)))
                    .integrity(integrity, key());
            return stage.send(out.flip(), at);
        }

        /** Allocates and gives the relayed address. */
        InetSocketAddress allocate(StunAttribute... more) {
            return ask(with(stage.request(StunMethod.ALLOCATE, UDP), more)).address(AttributeType.XOR_RELAYED_ADDRESS);
        }

        Answer permit(InetSocketAddress... peers) {
            StunMessage request = stage.request(StunMethod.CREATE_PERMISSION);
            for (InetSocketAddress peer : peers) {
                request = with(request, peer(peer, request));
            }
            return ask(request);
        }

        Answer bind(int number, InetSocketAddress peer) {
            StunMessage request = stage.request(StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(number));
            return ask(with(request, peer(peer, request)));
        }

        void sendTo(InetSocketAddress peer, String data) {
            StunMessage empty =
                    new StunMessage(StunClass.INDICATION, StunMethod.SEND, new TransactionId(7, 7, 7), List.of());
            StunAttribute payload = new StunAttribute(AttributeType.DATA, data.getBytes(US_ASCII));
            stage.send(with(empty, peer(peer, empty), payload), at);
        }

        void sendOn(int channel, String data) {
            ByteBuffer out = ByteBuffer.allocate(4 + data.length());
            out.putShort((short) channel).putShort((short) data.length()).put(data.getBytes(US_ASCII));
            stage.send(out.flip(), at);
        }
    }
}
