// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.Fingerprint;
import im.bastion.relay.stun.SendIndication;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageDecoder;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnknownAttributesAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one listening socket does with a datagram. Keeps nothing about a client that has not authenticated. Confined to one
 * thread; needs no lock, no clock and no socket of its own.
 */
public final class TurnServer {
    /** More than any answer needs. */
    public static final int MAX_ANSWER_BYTES = 1_024;

    private static final Set<Integer> UNDERSTOOD = Set.of(
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
            AttributeType.XOR_MAPPED_ADDRESS,
            AttributeType.RESERVATION_TOKEN);

    private final Authenticator authenticator;
    private final AllocationTable allocations;
    private final SendHandler sends;
    private final Map<Integer, MethodHandler> handlers;
    private final TurnCounters counters;
    private long indications;

    public TurnServer(
            Authenticator authenticator,
            RelaySockets sockets,
            PeerAddressPolicy peers,
            AllocationQuota quota,
            TurnCounters counters) {
        this.authenticator = authenticator;
        this.counters = counters;
        this.allocations = new AllocationTable(quota, counters);
        this.sends = new SendHandler(allocations, peers, counters);
        this.handlers = Map.of(
                StunMethod.BINDING, new BindingHandler(),
                StunMethod.ALLOCATE, new AllocateHandler(allocations, sockets),
                StunMethod.REFRESH, new RefreshHandler(allocations),
                StunMethod.CREATE_PERMISSION, new CreatePermissionHandler(allocations, peers),
                StunMethod.CHANNEL_BIND, new ChannelBindHandler(allocations, peers));
    }

    /**
     * Takes a datagram from a client.
     *
     * @param datagram its position and limit may be changed
     * @param answer empty, at least {@link #MAX_ANSWER_BYTES} long
     * @return whether there is an answer for the client, which then lies between the buffer's position and limit
     */
    public boolean fromClient(ByteBuffer datagram, InetSocketAddress client, Moment now, ByteBuffer answer) {
        if (ChannelData.isChannelData(datagram)) {
            sends.channelData(datagram, client, now);
            return false;
        }
        if (!StunMessageDecoder.isStun(datagram)) {
            counters.dropped.increment();
            return false;
        }
        if (SendIndication.isSend(datagram)) {
            sends.indication(datagram, client, now);
            return false;
        }
        try {
            StunMessage message = StunMessageDecoder.decode(datagram);
            return message.stunClass() == StunClass.REQUEST
                    && answer(new TurnRequest(message, client, now, null), datagram, answer);
        } catch (StunFormatException e) {
            counters.dropped.increment();
            return false;
        }
    }

    /**
     * Takes data from a peer and wraps it for the allocation's client, in place.
     *
     * @param data with {@link DataIndication#MAX_HEADROOM} bytes before and {@link DataIndication#TAILROOM} behind
     * @return whether it may go to the client
     */
    public boolean fromPeer(Allocation allocation, ByteBuffer data, InetSocketAddress peer, Moment now) {
        Permissions.Permission permission =
                allocation.isAlive(now) ? allocation.permissions().find(peer.getAddress(), now) : null;
        if (permission == null) {
            counters.dropped.increment();
            return false;
        }
        counters.toClientPackets.increment();
        counters.toClientBytes.add(data.remaining());
        ChannelBindings.Channel channel = allocation.channels().find(peer, now);
        if (channel != null) {
            ChannelData.wrap(data, channel.number());
        } else {
            DataIndication.wrap(data, permission.address(), peer.getPort(), ++indications);
        }
        return true;
    }

    /** Ends what has outlived itself. To be called about once a second. */
    public void expire(Moment now) {
        allocations.expire(now);
    }

    /** Ends every allocation. */
    public void close() {
        allocations.clear();
    }

    private boolean answer(TurnRequest request, ByteBuffer datagram, ByteBuffer out) {
        MethodHandler handler = handlers.get(request.message().method());
        if (handler == null) {
            counters.dropped.increment();
            return false;
        }
        TurnRequest judged = request;
        StunMessage answer;
        try {
            Authenticator.Result who = handler.needsCredential()
                    ? authenticator.authenticate(request, datagram, allocations.find(request.client(), request.now()))
                    : new Authenticator.Result(null, null);
            judged = request.by(who.user());
            answer = who.refusal() == null ? handle(judged, handler) : who.refusal();
        } catch (StunFormatException e) {
            answer = judged.refuse(StunErrorCode.BAD_REQUEST);
        }
        count(answer);
        write(answer, judged, Fingerprint.isPresent(datagram), out);
        return true;
    }

    private static StunMessage handle(TurnRequest request, MethodHandler handler) throws StunFormatException {
        List<Integer> unknown = request.message().attributes().stream()
                .map(StunAttribute::type)
                .filter(type -> AttributeType.isComprehensionRequired(type) && !UNDERSTOOD.contains(type))
                .distinct()
                .toList();
        return unknown.isEmpty()
                ? handler.handle(request)
                : request.refuse(StunErrorCode.UNKNOWN_ATTRIBUTE, UnknownAttributesAttribute.of(unknown));
    }

    /** As few bytes as the specification allows: no SOFTWARE, a fingerprint only for who sent one. */
    private static void write(StunMessage answer, TurnRequest request, boolean fingerprint, ByteBuffer out) {
        StunMessageEncoder encoder = new StunMessageEncoder(out).message(answer);
        if (request.user() != null) {
            encoder.integrity(request.user().integrity(), request.user().key());
        }
        if (fingerprint) {
            encoder.fingerprint();
        }
        out.flip();
    }

    private void count(StunMessage answer) {
        if (answer.stunClass() == StunClass.ERROR) {
            try {
                counters.refused(ErrorCodeAttribute.read(answer.first(AttributeType.ERROR_CODE)));
            } catch (StunFormatException e) {
                throw new IllegalStateException("an error without its code", e);
            }
        } else if (answer.method() == StunMethod.BINDING) {
            counters.bindings.increment();
        }
    }
}
