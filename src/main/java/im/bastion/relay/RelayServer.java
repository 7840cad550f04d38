// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.metric.Counters;
import im.bastion.policy.SignalledPeers;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.transport.CannotListenException;
import im.bastion.relay.transport.Identity;
import im.bastion.relay.transport.RelayLoop;
import im.bastion.relay.turn.AllocationQuota;
import im.bastion.relay.turn.Authenticator;
import im.bastion.relay.turn.LiveAllocations;
import im.bastion.relay.turn.NonceIssuer;
import im.bastion.relay.turn.PeerRefusals;
import im.bastion.relay.turn.PeerRules;
import im.bastion.relay.turn.TurnCounters;
import im.bastion.relay.turn.TurnServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A running relay. */
final class RelayServer implements AutoCloseable {
    private static final int NONCE_KEY_BYTES = 32;

    private final RelayPlan wanted;
    private final RelayPlan plan;
    private final List<String> missing;
    private final RelayLoop loop;

    private RelayServer(RelayPlan wanted, RelayPlan plan, List<String> missing, RelayLoop loop) {
        this.wanted = wanted;
        this.plan = plan;
        this.missing = missing;
        this.loop = loop;
    }

    /** What a relay needs of its surroundings. */
    record Surroundings(
            CredentialBook credentials,
            Identity identity,
            AllocationQuota quota,
            SignalledPeers calls,
            Counters counters,
            LiveAllocations live,
            PeerRefusals refusals,
            Set<InetAddress> infrastructure,
            Clock clock) {}

    /**
     * Starts to listen, where it can.
     *
     * @throws CannotListenException when it cannot where it must
     */
    static RelayServer start(RelayPlan wanted, Surroundings around) throws IOException {
        List<String> missing = new ArrayList<>();
        RelayPlan plan = wanted;
        while (true) {
            try {
                return new RelayServer(wanted, plan, List.copyOf(missing), loop(plan, around));
            } catch (CannotListenException e) {
                missing.add(plan.cannotListen(e));
                plan = plan.without(e);
                if (plan == null) {
                    throw e;
                }
            }
        }
    }

    private static RelayLoop loop(RelayPlan plan, Surroundings around) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] nonceKey = new byte[NONCE_KEY_BYTES];
        random.nextBytes(nonceKey);
        Authenticator authenticator = new Authenticator(plan.realm(), around.credentials(), new NonceIssuer(nonceKey));
        Counters counters = around.counters();
        TurnCounters turnCounters = new TurnCounters(counters);
        PeerRules peers = new PeerRules(
                plan.peers(around.infrastructure()),
                new SignalledConsent(
                        around.calls(),
                        around.credentials(),
                        counters.counter("relay.unsignalled-refused"),
                        counters.counter("relay.unsignalled-would-be-refused")),
                around.refusals());
        return RelayLoop.start(
                plan.endpoint(),
                around.identity(),
                sockets -> new TurnServer(
                        authenticator, sockets, peers, around.quota(), random, turnCounters, around.live()),
                around.clock(),
                new RelayLoop.LoopCounters(
                        counters.counter("relay.faults"),
                        counters.counter("relay.connections-turned-away"),
                        counters.counter("relay.dropped")));
    }

    /** What it was to be. */
    RelayPlan wanted() {
        return wanted;
    }

    /** What it is: what it was to be without what could not be had. */
    RelayPlan plan() {
        return plan;
    }

    /** What could not be had, why, and what to do, one sentence for each. */
    List<String> missing() {
        return missing;
    }

    /** What the system keeps for its socket when much comes at once: at most {@link #wantedBufferBytes}. */
    int grantedBufferBytes() {
        return loop.grantedBufferBytes();
    }

    int wantedBufferBytes() {
        return RelayLoop.wantedBufferBytes();
    }

    /** Ends an allocation, soon. */
    void end(long allocation) {
        loop.end(allocation);
    }

    InetSocketAddress localAddress() {
        return loop.localAddress();
    }

    /** Ends all calls that run through it. */
    @Override
    public void close() {
        loop.close();
    }
}
