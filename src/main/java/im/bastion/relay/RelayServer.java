// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.metric.Counters;
import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.transport.RelayLoop;
import im.bastion.relay.turn.AllocationQuota;
import im.bastion.relay.turn.Authenticator;
import im.bastion.relay.turn.NonceIssuer;
import im.bastion.relay.turn.TurnCounters;
import im.bastion.relay.turn.TurnServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** A running relay. */
final class RelayServer implements AutoCloseable {
    private static final int NONCE_KEY_BYTES = 32;

    private final RelayPlan plan;
    private final RelayLoop loop;

    private RelayServer(RelayPlan plan, RelayLoop loop) {
        this.plan = plan;
        this.loop = loop;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the address cannot be had
     */
    static RelayServer start(
            RelayPlan plan,
            Supplier<TurnCredentials> credentials,
            AllocationQuota quota,
            Counters counters,
            Clock clock)
            throws IOException {
        byte[] nonceKey = new byte[NONCE_KEY_BYTES];
        new SecureRandom().nextBytes(nonceKey);
        Authenticator authenticator = new Authenticator(plan.realm(), credentials, new NonceIssuer(nonceKey));
        TurnCounters turnCounters = new TurnCounters(counters);
        RelayLoop loop = RelayLoop.start(
                plan.endpoint(),
                sockets -> new TurnServer(authenticator, sockets, plan.peers(), quota, turnCounters),
                clock,
                counters.counter("relay.faults"));
        return new RelayServer(plan, loop);
    }

    RelayPlan plan() {
        return plan;
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
