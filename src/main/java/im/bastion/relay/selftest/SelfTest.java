// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import im.bastion.relay.turn.Leg;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Goes all ways into the relay at once, which takes as long as the slowest of them: some milliseconds when all is well, some
 * seconds when something on the way drops what it is sent.
 */
public final class SelfTest {
    private SelfTest() {}

    /** What the test's clients authenticate with. */
    public record Credential(String username, String password) {
        /** Without the password, so that a log line cannot hold it. */
        @Override
        public String toString() {
            return username;
        }
    }

    /**
     * What became of each way, in their order.
     *
     * @param credentials asked once for each way
     */
    public static List<Attempt> run(List<Way> ways, Supplier<Credential> credentials, Ports ports)
            throws InterruptedException {
        if (ways.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(ways.size(), task -> {
            Thread thread = new Thread(task, "bastion-relay-test");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Attempt> attempts = new ArrayList<>();
            for (Future<Attempt> each : threads.invokeAll(ways.stream()
                    .map(way -> visit(new Visit(way, credentials.get(), ports), way.leg()))
                    .toList())) {
                attempts.add(each.get());
            }
            return attempts;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Attempt> visit(Visit visit, Leg leg) {
        return () -> visit.go(leg == Leg.TLS ? anyCertificate() : null);
    }

    /** Certificates are judged apart: a port behind a bad one is reached all the same. */
    private static SSLContext anyCertificate() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
        return context;
    }
}
