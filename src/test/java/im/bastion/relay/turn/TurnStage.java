// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;

import im.bastion.metric.Counters;
import im.bastion.policy.IpLiteral;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnCredential;
import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.credential.TurnUser;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.PasswordAlgorithm;
import im.bastion.relay.stun.PasswordAlgorithmAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TextAttribute;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A server with sockets in memory, a clock that the test turns, and the things clients say to it. */
final class TurnStage {
    static final String REALM = "home.example";
    static final StunAttribute UDP = FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17);
    static final InetSocketAddress ROMEO = address("192.0.2.10", 4_000);
    static final InetSocketAddress JULIET = address("192.0.2.11", 4_000);
    static final InetSocketAddress PEER = address("93.184.216.34", 5_000);

    final MemoryRelaySockets sockets;
    final AllocationQuota quota;
    final Counters counters = new Counters();
    final LiveAllocations live = new LiveAllocations();
    final PeerRefusals refusals = new PeerRefusals();
    final CredentialBook credentials = new CredentialBook(new TurnCredentials(List.of("secret")), REALM);
    final Map<InetSocketAddress, MemoryPath> paths = new HashMap<>();
    /** Peers that nobody consents to. */
    final Set<InetAddress> unwanted = new HashSet<>();

    final TurnServer server;
    private long nanos = Long.MAX_VALUE - 5_000_000_000L; // overflows soon, as System.nanoTime() may
    private long epochSeconds = 1_800_000_000L;
    private int transactions;
    private int sessions;

    TurnStage() {
        this(new MemoryRelaySockets());
    }

    TurnStage(MemoryRelaySockets sockets) {
        this(sockets, limits(3, 6));
    }

    TurnStage(MemoryRelaySockets sockets, TurnLimits limits) {
        this.sockets = sockets;
        this.quota = new AllocationQuota(limits);
        NonceIssuer nonces = new NonceIssuer("0123456789abcdef".getBytes(US_ASCII));
        PeerAddressPolicy.Here here = new PeerAddressPolicy.Here(
                Set.of(MemoryRelaySockets.IPV4, MemoryRelaySockets.IPV6),
                Set.of(),
                Set.of(),
                MemoryRelaySockets.MIN_PORT,
                MemoryRelaySockets.MAX_PORT);
        server = new TurnServer(
                new Authenticator(REALM, credentials, nonces),
                sockets,
                new PeerRules(new PeerAddressPolicy(here, PeerAddressPolicy.Decisions.NONE), consent(), refusals),
                quota,
                new Random(1),
                new TurnCounters(counters),
                live);
    }

    private PeerConsent consent() {
        return new PeerConsent() {
            @Override
            public boolean admits(TurnUser user, InetAddress peer) {
                return !unwanted.contains(peer);
            }

            @Override
            public boolean withdraws(TurnUser user, InetAddress peer) {
                return unwanted.contains(peer);
            }
        };
    }

    /** So many allocations for a user and in all, and nothing else limited. */
    private static TurnLimits limits(int perUser, int total) {
        return new TurnLimits(perUser, 1_000, total, 0, 0, 1_000_000);
    }

    void limit(int perUser, int total) {
        quota.limit(limits(perUser, total));
    }

    static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(IpLiteral.parse(ip), port);
    }

    Moment now() {
        return new Moment(nanos, epochSeconds);
    }

    Instant instant() {
        return Instant.ofEpochSecond(epochSeconds);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        epochSeconds += time.toSeconds();
    }

    TurnCredential credential(String account) {
        return credentials.mint(account, account + "/" + ++sessions, instant(), Duration.ofHours(6));
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

    /** The way to the client at that address: UDP, unless a test has put another one there. */
    MemoryPath path(InetSocketAddress at) {
        return paths.computeIfAbsent(at, address -> new MemoryPath(address, Leg.UDP));
    }

    /** Lets the client at that address come over a stream. */
    MemoryPath stream(InetSocketAddress at) {
        MemoryPath path = new MemoryPath(at, Leg.TCP);
        paths.put(at, path);
        return path;
    }

    /** What the server answers, or null. */
    Answer send(ByteBuffer datagram, InetSocketAddress from) {
        MemoryPath path = path(from);
        path.received.clear();
        // As sockets receive it: with room before and behind.
        ByteBuffer buffer =
                ByteBuffer.allocate(DataIndication.MAX_HEADROOM + datagram.remaining() + DataIndication.TAILROOM);
        buffer.position(DataIndication.MAX_HEADROOM).put(datagram).flip().position(DataIndication.MAX_HEADROOM);
        server.fromClient(buffer, path, now());
        return path.received.isEmpty() ? null : new Answer(path.received.remove());
    }

    Answer send(StunMessage message, InetSocketAddress from) {
        return send(encode(message), from);
    }

    /** What the client of the relayed address gets when a peer sends this there, or null. */
    ByteBuffer fromPeer(InetSocketAddress relayed, InetSocketAddress peer, String data) {
        ByteBuffer buffer = ByteBuffer.allocate(1_000).position(DataIndication.MAX_HEADROOM);
        buffer.put(data.getBytes(US_ASCII)).flip().position(DataIndication.MAX_HEADROOM);
        Allocation allocation = sockets.open.get(relayed);
        MemoryPath path = (MemoryPath) allocation.path();
        path.received.clear();
        server.fromPeer(allocation, buffer, peer, now());
        return path.received.poll();
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
        PasswordAlgorithm algorithm = PasswordAlgorithm.MD5;
        /** What stands for the user name and the algorithms in a request. */
        List<StunAttribute> identification;

        Client(TurnStage stage, InetSocketAddress at, TurnCredential credential) {
            this.stage = stage;
            this.at = at;
            this.username = credential.username();
            this.password = credential.password();
            this.nonce = stage.send(stage.request(StunMethod.ALLOCATE, UDP), at).text(AttributeType.NONCE);
        }

        byte[] key() {
            return algorithm.key(username, realm, password);
        }

        private StunAttribute[] identification() {
            return identification == null
                    ? new StunAttribute[] {TextAttribute.of(AttributeType.USERNAME, username)}
                    : identification.toArray(StunAttribute[]::new);
        }

        Answer ask(int method, StunAttribute... attributes) {
            return ask(stage.request(method, attributes));
        }

        Answer ask(StunMessage request) {
            ByteBuffer out = ByteBuffer.allocate(2_000);
            new StunMessageEncoder(out)
                    .message(with(
                            with(request, identification()),
                            TextAttribute.of(AttributeType.REALM, realm),
                            TextAttribute.of(AttributeType.NONCE, nonce)))
                    .integrity(integrity, key());
            return stage.send(out.flip(), at);
        }

        /** Chooses an algorithm of the server's offer. */
        void choose(PasswordAlgorithm chosen) {
            algorithm = chosen;
            identification = List.of(
                    TextAttribute.of(AttributeType.USERNAME, username),
                    PasswordAlgorithmAttribute.offer(PasswordAlgorithm.SHA256, PasswordAlgorithm.MD5),
                    PasswordAlgorithmAttribute.choice(chosen));
        }

        /** Sends that instead of its name. */
        void hideName(byte[] userhash) {
            List<StunAttribute> hidden = new ArrayList<>(identification == null ? List.of() : identification);
            hidden.removeIf(each -> each.type() == AttributeType.USERNAME || each.type() == AttributeType.USERHASH);
            hidden.add(new StunAttribute(AttributeType.USERHASH, userhash));
            identification = hidden;
        }

        /** Forgets the nonce and gets one for where it is now. */
        void freshNonce() {
            nonce = stage.send(stage.request(StunMethod.REFRESH), at).text(AttributeType.NONCE);
        }

        /** The same client at another place. */
        Client movedTo(InetSocketAddress place) {
            Client moved = new Client(stage, place, new TurnCredential(username, password, Instant.EPOCH));
            moved.integrity = integrity;
            return moved;
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

        void sendTo(InetSocketAddress peer, String data, StunAttribute... more) {
            StunMessage empty =
                    new StunMessage(StunClass.INDICATION, StunMethod.SEND, new TransactionId(7, 7, 7), List.of());
            StunAttribute payload = new StunAttribute(AttributeType.DATA, data.getBytes(US_ASCII));
            stage.send(with(with(empty, peer(peer, empty), payload), more), at);
        }

        void sendOn(int channel, String data) {
            ByteBuffer out = ByteBuffer.allocate(4 + data.length());
            out.putShort((short) channel).putShort((short) data.length()).put(data.getBytes(US_ASCII));
            stage.send(out.flip(), at);
        }
    }
}
