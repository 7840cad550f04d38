// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import im.bastion.relay.client.TurnClient;
import im.bastion.relay.stun.AddressFamily;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Goes one way in, step by step, until one does not succeed. */
final class Visit {
    private static final int DATA_BYTES = 32;
    /** Datagrams may get lost; and so long is waited for each. */
    private static final int[] DATA_MILLIS = {400, 800, 1_600};

    private final Way way;
    private final SelfTest.Credential credential;
    private final Ports ports;
    private final List<Attempt.Timed> passed = new ArrayList<>();
    private Step step = Step.CONNECT;
    private long begun = System.nanoTime();

    Visit(Way way, SelfTest.Credential credential, Ports ports) {
        this.way = way;
        this.credential = credential;
        this.ports = ports;
    }

    /** @param context null where nothing is encrypted */
    Attempt go(SSLContext context) {
        try (TurnClient client = TurnClient.connect(way.leg(), way.server(), context)) {
            done(Step.MAPPED);
            var unused = client.mapped();
            done(Step.ALLOCATE);
            client.login(credential.username(), credential.password());
            relay(client, client.allocate(AddressFamily.of(way.server().getAddress())));
            client.free();
            return new Attempt(way, passed, null, null, "");
        } catch (BindException e) {
            return new Attempt(way, passed, step, Failure.NO_PORT, ports.toString());
        } catch (IOException e) {
            return new Attempt(way, passed, step, Failure.of(e), String.valueOf(e.getMessage()));
        }
    }

    private void relay(TurnClient client, InetSocketAddress relayed) throws IOException {
        done(Step.BIND);
        if (!way.advertised()) {
            return;
        }
        try (TestPeer peer = TestPeer.open(relayed.getAddress(), way.own(), ports)) {
            client.bind(peer.address());
            done(Step.TO_PEER);
            byte[] there = data();
            through(() -> client.send(there), millis -> peer.hears(there, millis));
            done(Step.TO_CLIENT);
            byte[] back = data();
            through(() -> peer.send(back, relayed), millis -> Arrays.equals(client.receive(millis), back));
            done(Step.TO_CLIENT);
        }
    }

    private interface Sending {
        void send() throws IOException;
    }

    private interface Hearing {
        boolean hear(int millis) throws IOException;
    }

    private static void through(Sending sending, Hearing hearing) throws IOException {
        for (int millis : DATA_MILLIS) {
            sending.send();
            if (hearing.hear(millis)) {
                return;
            }
        }
        throw new SocketTimeoutException("nothing came through");
    }

    private static byte[] data() {
        byte[] data = new byte[DATA_BYTES];
        new SecureRandom().nextBytes(data);
        return data;
    }

    /** The step at hand has succeeded, and another one begins. */
    private void done(Step next) {
        long now = System.nanoTime();
        passed.add(new Attempt.Timed(step, (now - begun) / 1_000));
        step = next;
        begun = now;
    }
}
