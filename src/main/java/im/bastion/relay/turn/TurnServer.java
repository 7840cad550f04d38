// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.stun.Fingerprint;
import im.bastion.relay.stun.MessageIntegrity;
import im.bastion.relay.stun.SendIndication;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageDecoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.UnknownAttributesAttribute;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What is done with everything that clients and peers send. Keeps nothing about a client that has not authenticated. Confined
 * to one thread; needs no lock, no clock and no socket of its own.
 */
public final class TurnServer {
    private static final Set<Integer> UNDERSTOOD = Set.of(
            AttributeType.CHANGE_REQUEST,
            AttributeType.USERNAME,
            AttributeType.ERROR_CODE,
            AttributeType.UNKNOWN_ATTRIBUTES,
            AttributeType.CHANNEL_NUMBER,
            AttributeType.LIFETIME,
            AttributeType.XOR_PEER_ADDRESS,
            AttributeType.DATA,
            AttributeType.REALM,
            AttributeType.NONCE,
            AttributeType.XOR_RELAYED_ADDRESS,
            AttributeType.REQUESTED_ADDRESS_FAMILY,
            AttributeType.EVEN_PORT,
            AttributeType.REQUESTED_TRANSPORT,
            AttributeType.PASSWORD_ALGORITHM,
            AttributeType.USERHASH,
            AttributeType.XOR_MAPPED_ADDRESS,
            AttributeType.RESERVATION_TOKEN,
            AttributeType.CONNECTION_ID);

    private final Authenticator authenticator;
    private final PeerRules peers;
    private final MobilityTickets tickets;
    private final Reservations reservations;
    private final PeerStreams streams;
    private final AllocationTable allocations;
    private final SendHandler sends;
    private final Manners manners;
    private final Answers answers;
    private final Map<Integer, MethodHandler> handlers;
    private final Set<Integer> understood = new HashSet<>(UNDERSTOOD);
    private final TurnCounters counters;
    private long indications;

    /**
     * @param random must not be predictable: tickets, tokens and connection ids come from it
     * @param live where allocations are seen from outside
     */
    public TurnServer(
            Authenticator authenticator,
            RelaySockets sockets,
            PeerRules peers,
            AllocationQuota quota,
            RandomGenerator random,
            TurnCounters counters,
            LiveAllocations live) {
        this.authenticator = authenticator;
        this.peers = peers;
        this.counters = counters;
        this.tickets = new MobilityTickets(random);
        this.reservations = new Reservations(random);
        this.streams = new PeerStreams(random);
        this.allocations = new AllocationTable(tickets, quota, counters, live);
        this.sends = new SendHandler(peers, sockets.canForbidFragments(), this::hairpin, counters);
        this.manners = new Manners(quota.limits().answersPerSecond(), random);
        this.answers = new Answers(manners, counters);
        if (sockets.canForbidFragments()) {
            understood.add(AttributeType.DONT_FRAGMENT);
        }
        this.handlers = Map.of(
                StunMethod.BINDING, new BindingHandler(answers),
                StunMethod.ALLOCATE, new AllocateHandler(allocations, sockets, reservations, tickets),
                StunMethod.REFRESH, new RefreshHandler(allocations, tickets),
                StunMethod.CREATE_PERMISSION, new CreatePermissionHandler(peers),
                StunMethod.CHANNEL_BIND, new ChannelBindHandler(peers),
                StunMethod.CONNECT, new ConnectHandler(peers, streams, answers),
                StunMethod.CONNECTION_BIND, new ConnectionBindHandler(streams));
    }

    /**
     * Takes a datagram, or one message of a stream, from a client.
     *
     * @param datagram with {@link DataIndication#MAX_HEADROOM} bytes before and {@link DataIndication#TAILROOM} behind, which
     *     may be written to; its position and limit may be changed
     */
    public void fromClient(ByteBuffer datagram, ClientPath path, Moment now) {
        if (ChannelData.isChannelData(datagram)) {
            sends.channelData(datagram, path, now);
        } else if (!StunMessageDecoder.isStun(datagram)) {
            counters.dropped.increment();
        } else if (SendIndication.isSend(datagram)) {
            sends.indication(datagram, path, now);
        } else {
            message(datagram, path, now);
        }
    }

    /**
     * Takes data from a peer to the allocation's client.
     *
     * @param data with {@link DataIndication#MAX_HEADROOM} bytes before and {@link DataIndication#TAILROOM} behind
     */
    public void fromPeer(Allocation allocation, ByteBuffer data, InetSocketAddress peer, Moment now) {
        Permissions.Permission permission =
                allocation.isAlive(now) ? allocation.permissions().find(peer.getAddress(), now) : null;
        if (permission == null) {
            counters.dropped.increment();
            return;
        }
        if (!allocation.mayRelay(data.remaining(), now)) {
            counters.tooMuch.increment();
            return;
        }
        counters.toClientPackets.increment();
        counters.toClientBytes.add(data.remaining());
        allocation.traffic().toClient(data, now);
        ChannelBindings.Channel channel = allocation.channels().find(peer, now);
        if (channel != null) {
            allocation.path().sendOnChannel(channel.number(), data);
        } else {
            allocation.path().sendFrom(permission.address(), peer.getPort(), ++indications, data);
        }
    }

    /** Both ends of a call are relayed here: half of the way, and no socket, is needed. */
    private boolean hairpin(InetSocketAddress from, ByteBuffer data, InetSocketAddress peer, Moment now) {
        Allocation other = allocations.at(peer);
        if (other == null) {
            return false;
        }
        fromPeer(other, data, from, now);
        return true;
    }

    /** Takes a connection that a peer has made to a relayed TCP address (RFC 6062 §5.3). */
    public void peerConnected(Allocation allocation, PeerStream stream, Moment now) {
        InetSocketAddress peer = stream.peer();
        boolean permitted = allocation.isAlive(now) && allocation.permissions().find(peer.getAddress(), now) != null;
        if (!permitted
                || !peers.admitsPort(peer)
                || allocation.connections() >= PeerStreams.MAX_PER_ALLOCATION
                || !allocation.connecting(peer)) {
            counters.dropped.increment();
            stream.close();
            return;
        }
        TransactionId id = new TransactionId(0, 0, (int) ++indications);
        answers.indicate(
                allocation.path(),
                new StunMessage(
                        StunClass.INDICATION,
                        StunMethod.CONNECTION_ATTEMPT,
                        id,
                        List.of(
                                streams.keep(allocation, stream, now),
                                XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, id))));
    }

    /** The way to a client is no more; its allocation ends, unless it can go on over another one. */
    public void pathClosed(ClientPath path) {
        Allocation allocation = path.attached();
        if (allocation != null && tickets.of(allocation) == null) {
            allocations.remove(allocation);
        }
    }

    /** Ends what has outlived itself. To be called about once a second. */
    public void expire(Moment now) {
        allocations.expire(now, authenticator::isRevoked, peers::withdraw);
        reservations.expire(now);
        streams.expire(now);
    }

    /** Ends the allocation of that id, as an admin may: its client's next request about it is answered with 437. */
    public void end(long id) {
        allocations.end(id);
    }

    /** Ends every allocation. */
    public void close() {
        allocations.clear();
        reservations.clear();
        streams.clear();
    }

    private void message(ByteBuffer datagram, ClientPath path, Moment now) {
        try {
            StunMessage message = StunMessageDecoder.decode(datagram);
            MethodHandler handler = handlers.get(message.method());
            if (message.stunClass() == StunClass.REQUEST && handler != null) {
                boolean fingerprint = Fingerprint.isPresent(datagram);
                answer(new TurnRequest(message, path, now, datagram.remaining(), fingerprint, null), handler, datagram);
            } else {
                counters.dropped.increment();
            }
        } catch (StunFormatException e) {
            counters.dropped.increment();
        }
    }

    private void answer(TurnRequest request, MethodHandler handler, ByteBuffer datagram) {
        boolean sealed = handler.needsCredential() && MessageIntegrity.strongestIn(datagram) != null;
        if (sealed && !manners.listensTo(request)) {
            counters.unanswered.increment();
            return;
        }
        TurnRequest judged = request;
        StunMessage answer;
        try {
            Authenticator.Result who = handler.needsCredential()
                    ? authenticator.authenticate(request, datagram, handler.allocation(request))
                    : new Authenticator.Result(null, null);
            judged = request.by(who.user());
            answer = who.refusal() == null ? handle(judged, handler) : who.refusal();
            if (sealed && who.guessed()) {
                manners.guessed(request);
            }
        } catch (StunFormatException e) {
            answer = judged.refuse(StunErrorCode.BAD_REQUEST);
        }
        if (answer != null) {
            answers.send(judged, answer);
        }
    }

    private StunMessage handle(TurnRequest request, MethodHandler handler) throws StunFormatException {
        List<Integer> unknown = request.message().attributes().stream()
                .map(StunAttribute::type)
                .filter(type -> AttributeType.isComprehensionRequired(type) && !understood.contains(type))
                .distinct()
                .toList();
        return unknown.isEmpty()
                ? handler.handle(request)
                : request.refuse(StunErrorCode.UNKNOWN_ATTRIBUTE, UnknownAttributesAttribute.of(unknown));
    }
}
