// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressErrorCodeAttribute;
import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.UnsignedAttribute;
import im.bastion.relay.stun.XorAddressAttribute;
import java.util.ArrayList;
import java.util.List;

/** Allocate (RFC 8656 §7.2, RFC 6062 §5.1). */
final class AllocateHandler implements MethodHandler {
    private final AllocationTable allocations;
    private final RelaySockets sockets;
    private final Reservations reservations;
    private final MobilityTickets tickets;

    AllocateHandler(
            AllocationTable allocations, RelaySockets sockets, Reservations reservations, MobilityTickets tickets) {
        this.allocations = allocations;
        this.sockets = sockets;
        this.reservations = reservations;
        this.tickets = tickets;
    }

    @Override
    public StunMessage handle(TurnRequest request) throws StunFormatException {
        Allocation existing = request.path().allocation(request.now());
        if (existing != null) {
            return isRepeated(request, existing)
                    ? request.success(attributes(request, existing))
                    : request.refuse(StunErrorCode.ALLOCATION_MISMATCH);
        }
        AllocationWish wish = AllocationWish.of(request.message());
        StunErrorCode refusal = refusal(wish, request.path().leg());
        return refusal == null ? open(request, wish) : request.refuse(refusal);
    }

    /** The answer to the first one was lost: it is given again. */
    private static boolean isRepeated(TurnRequest request, Allocation existing) {
        return existing.openedBy().equals(request.message().transactionId())
                && existing.owner().name().equals(request.user().name());
    }

    private StunErrorCode refusal(AllocationWish wish, Leg leg) {
        StunErrorCode refusal = wish.refusal(leg);
        if (refusal != null || wish.token() != null) {
            return refusal;
        }
        boolean served = wish.family() != null && (sockets.supports(wish.family()) || wish.both());
        return served ? null : StunErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED;
    }

    private StunMessage open(TurnRequest request, AllocationWish wish) throws StunFormatException {
        if (!allocations.reserve(request)) {
            return request.refuse(StunErrorCode.ALLOCATION_QUOTA_REACHED);
        }
        List<StunAttribute> more = new ArrayList<>();
        Allocation allocation =
                wish.transport() == AllocationWish.TCP ? openTcp(request, wish) : openUdp(request, wish, more);
        if (allocation == null) {
            allocations.cancel(request);
            return request.refuse(StunErrorCode.INSUFFICIENT_CAPACITY);
        }
        allocations.add(allocation);
        if (wish.mobile()) {
            tickets.issue(allocation);
        }
        List<StunAttribute> all = new ArrayList<>(attributes(request, allocation));
        all.addAll(more);
        return request.success(all);
    }

    private Allocation openTcp(TurnRequest request, AllocationWish wish) throws StunFormatException {
        RelayedTcp tcp = sockets.openTcp(wish.family(), request.now().nanos());
        return tcp == null ? null : new Allocation(request, tcp, lifetime(request));
    }

    /** @param more where attributes go that the answer must have too */
    private Allocation openUdp(TurnRequest request, AllocationWish wish, List<StunAttribute> more)
            throws StunFormatException {
        List<RelaySocket> opened = new ArrayList<>();
        if (wish.token() != null) {
            add(opened, reservations.take(wish.token(), request.user(), request.now()));
        } else if (wish.next()) {
            openPair(request, wish, opened, more);
        } else if (wish.both()) {
            for (AddressFamily family : AddressFamily.values()) {
                openOneOfTwo(request, wish, family, opened, more);
            }
        } else {
            add(opened, sockets.open(wish.family(), wish.even(), request.now().nanos()));
        }
        return opened.isEmpty() ? null : new Allocation(request, opened, lifetime(request));
    }

    private void openPair(
            TurnRequest request, AllocationWish wish, List<RelaySocket> opened, List<StunAttribute> more) {
        List<RelaySocket> pair = reservations.isFull()
                ? List.of()
                : sockets.openPair(wish.family(), request.now().nanos());
        if (!pair.isEmpty()) {
            opened.add(pair.get(0));
            more.add(reservations.keep(pair.get(1), request.user(), request.now()));
        }
    }

    /** Of two wanted families one may fail (RFC 8656 §7.2, ADDITIONAL-ADDRESS-FAMILY). */
    private void openOneOfTwo(
            TurnRequest request,
            AllocationWish wish,
            AddressFamily family,
            List<RelaySocket> opened,
            List<StunAttribute> more) {
        boolean supported = sockets.supports(family);
        if (!supported
                || !add(opened, sockets.open(family, wish.even(), request.now().nanos()))) {
            more.add(AddressErrorCodeAttribute.of(
                    family,
                    supported ? StunErrorCode.INSUFFICIENT_CAPACITY : StunErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED));
        }
    }

    private static boolean add(List<RelaySocket> opened, RelaySocket socket) {
        return socket != null && opened.add(socket);
    }

    private static long lifetime(TurnRequest request) throws StunFormatException {
        return Math.max(Lifetime.DEFAULT_SECONDS, Lifetime.requested(request.message()));
    }

    private List<StunAttribute> attributes(TurnRequest request, Allocation allocation) {
        var id = request.message().transactionId();
        List<StunAttribute> attributes = new ArrayList<>();
        allocation
                .relayed()
                .forEach(address ->
                        attributes.add(XorAddressAttribute.of(AttributeType.XOR_RELAYED_ADDRESS, address, id)));
        attributes.add(UnsignedAttribute.lifetime(allocation.secondsLeft(request.now())));
        attributes.add(XorAddressAttribute.of(AttributeType.XOR_MAPPED_ADDRESS, request.client(), id));
        StunAttribute ticket = tickets.of(allocation);
        if (ticket != null) {
            attributes.add(ticket);
        }
        return attributes;
    }
}
