// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.LifetimeAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.XorAddressAttribute;

/** Allocate (RFC 8656 §7.2): UDP, one family, no reservation of a second port. */
final class AllocateHandler implements MethodHandler {
    private static final int UDP = 17;
    private static final int RESERVE_NEXT_PORT = 0x80;

    private final AllocationTable allocations;
    private final RelaySockets sockets;

    AllocateHandler(AllocationTable allocations, RelaySockets sockets) {
        this.allocations = allocations;
        this.sockets = sockets;
    }

    @Override
    public StunMessage handle(TurnRequest request) throws StunFormatException {
        Allocation existing = allocations.find(request.client(), request.now());
        if (existing != null) {
            return isRepeated(request, existing)
                    ? answer(request, existing)
                    : request.refuse(StunErrorCode.ALLOCATION_MISMATCH);
        }
        StunErrorCode refusal = refusal(request.message());
        return refusal == null ? open(request) : request.refuse(refusal);
    }

    /** The answer to the first one was lost: it is given again. */
    private static boolean isRepeated(TurnRequest request, Allocation existing) {
        return existing.openedBy().equals(request.message().transactionId())
                && existing.owner().name().equals(request.user().name());
    }

    /** What RFC 8656 §7.2 steps 3 to 7 have against the request, or null. */
    private StunErrorCode refusal(StunMessage message) throws StunFormatException {
        StunAttribute transport = message.first(AttributeType.REQUESTED_TRANSPORT);
        if (transport == null) {
            return StunErrorCode.BAD_REQUEST;
        }
        if (FirstByteAttribute.read(transport) != UDP) {
            return StunErrorCode.UNSUPPORTED_TRANSPORT;
        }
        if (message.has(AttributeType.RESERVATION_TOKEN)) {
            return message.has(AttributeType.EVEN_PORT) || message.has(AttributeType.REQUESTED_ADDRESS_FAMILY)
                    ? StunErrorCode.BAD_REQUEST
                    // Nothing was ever reserved, so no token is right.
                    : StunErrorCode.INSUFFICIENT_CAPACITY;
        }
        AddressFamily family = family(message);
        if (family == null || !sockets.supports(family)) {
            return StunErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED;
        }
        return reservesNextPort(message) ? StunErrorCode.INSUFFICIENT_CAPACITY : null;
    }

    private StunMessage open(TurnRequest request) throws StunFormatException {
        long lifetime = Math.max(Lifetime.DEFAULT_SECONDS, Lifetime.requested(request.message()));
        if (!allocations.reserve(request.user())) {
            return request.refuse(StunErrorCode.ALLOCATION_QUOTA_REACHED);
        }
        boolean even = request.message().has(AttributeType.EVEN_PORT);
        RelaySocket socket =
                sockets.open(family(request.message()), even, request.now().nanos());
        if (socket == null) {
            allocations.cancel(request.user());
            return request.refuse(StunErrorCode.INSUFFICIENT_CAPACITY);
        }
        Allocation allocation = new Allocation(request, socket, lifetime);
        allocations.add(allocation);
        return answer(request, allocation);
    }

    private static StunMessage answer(TurnRequest request, Allocation allocation) {
        var id = request.message().transactionId();
        return request.success(
                XorAddressAttribute.of(
                        AttributeType.XOR_RELAYED_ADDRESS, allocation.socket().address(), id),
                LifetimeAttribute.of(allocation.secondsLeft(request.now())),
                XorAddressAttribute.of(AttributeType.XOR_MAPPED_ADDRESS, request.client(), id));
    }

    private static AddressFamily family(StunMessage message) throws StunFormatException {
        StunAttribute requested = message.first(AttributeType.REQUESTED_ADDRESS_FAMILY);
        return requested == null ? AddressFamily.IPV4 : AddressFamily.ofNumber(FirstByteAttribute.read(requested));
    }

    private static boolean reservesNextPort(StunMessage message) throws StunFormatException {
        StunAttribute even = message.first(AttributeType.EVEN_PORT);
        return even != null && (FirstByteAttribute.read(even) & RESERVE_NEXT_PORT) != 0;
    }
}
