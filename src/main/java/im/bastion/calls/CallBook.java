// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.calls.jingle.Call;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.xmpp.packet.JID;

/**
 * The calls of this server's accounts. Limits: {@link #MAX_ACCOUNTS} accounts with {@link #MAX_CALLS} calls each; of one
 * account the call that was not heard of for longest has to go, further accounts are not looked at. Thread-safe.
 */
final class CallBook {
    static final int MAX_ACCOUNTS = 20_000;
    static final int MAX_CALLS = 16;
    /** How long it may ring, and be connected. */
    static final Duration RINGS = Duration.ofMinutes(3);

    static final Duration LASTS = Duration.ofHours(24);

    private final ConcurrentMap<String, List<Call>> byAccount = new ConcurrentHashMap<>();
    private final LongAdder overlooked;

    /** @param overlooked counts the accounts that were too many */
    CallBook(LongAdder overlooked) {
        this.overlooked = overlooked;
    }

    /**
     * The account's call, or null.
     *
     * @param other the other end; its resource does not matter
     */
    Call find(JID account, JID other, String sid) {
        List<Call> calls = byAccount.get(account.toBareJID());
        return calls == null ? null : find(calls, other, sid);
    }

    /** Takes in the call, in place of what was known of it. */
    void keep(Call call) {
        String account = call.own().toBareJID();
        if (byAccount.size() >= MAX_ACCOUNTS && !byAccount.containsKey(account)) {
            overlooked.increment();
            return;
        }
        byAccount.compute(account, (a, calls) -> with(calls == null ? List.of() : calls, call));
    }

    /** The call is no more. */
    void end(JID account, JID other, String sid) {
        drop(account.toBareJID(), call -> isIt(call, other, sid));
    }

    /** A device, or with a bare JID all of an account, is gone, and its calls with it. */
    void end(JID who) {
        drop(who.toBareJID(), call -> who.getResource() == null || call.own().equals(who));
    }

    /** Forgets what rang in vain, and what lasts longer than any call. */
    void expire(Instant now) {
        for (String account : byAccount.keySet()) {
            drop(
                    account,
                    call -> call.phase() == Call.Phase.RINGING
                            ? call.heard().plus(RINGS).isBefore(now)
                            : call.heard().plus(LASTS).isBefore(now));
        }
    }

    /** Whether a call of the account has named the address. */
    boolean named(String account, InetAddress peer) {
        List<Call> calls = byAccount.get(account);
        if (calls == null) {
            return false;
        }
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).candidates().contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /** All, the latest first; a call of two accounts of this server is there for each of them. */
    List<Call> all() {
        List<Call> all = new ArrayList<>();
        byAccount.values().forEach(all::addAll);
        all.sort(Comparator.comparing(Call::since).reversed());
        return all;
    }

    private void drop(String account, Predicate<Call> which) {
        byAccount.computeIfPresent(account, (a, calls) -> {
            List<Call> left = calls.stream().filter(call -> !which.test(call)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static List<Call> with(List<Call> calls, Call call) {
        List<Call> next = new ArrayList<>(calls);
        next.removeIf(known -> isIt(known, call.other(), call.sid()));
        if (next.size() >= MAX_CALLS) {
            // What nobody has accepted goes first: anybody can begin calls.
            next.stream()
                    .min(Comparator.comparing(Call::phase).thenComparing(Call::heard))
                    .ifPresent(next::remove);
        }
        next.add(call);
        return List.copyOf(next);
    }

    private static Call find(List<Call> calls, JID other, String sid) {
        for (int i = 0; i < calls.size(); i++) {
            if (isIt(calls.get(i), other, sid)) {
                return calls.get(i);
            }
        }
        return null;
    }

    private static boolean isIt(Call call, JID other, String sid) {
        return call.sid().equals(sid) && call.other().asBareJID().equals(other.asBareJID());
    }
}
