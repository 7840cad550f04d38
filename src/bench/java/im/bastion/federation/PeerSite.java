// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.client.LightClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.moderation.DefineRule;
import im.bastion.e2e.peer.CountingPeer;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.moderation.ProcessorTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server whose users talk to somebody on another one, over TLS. */
final class PeerSite implements AutoCloseable {
    private static final String DOMAIN = "home.test";
    private static final String PASSWORD = "talker-secret-1";
    private static final int USERS = 4;
    private static final String MESSAGE =
            "<message to='juliet@away.test/balcony' type='chat'><body>It is the east, and Juliet is the sun.</body></message>";
    private static final long LOOK_NANOS = 100_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /**
     * One round.
     *
     * @param nanos from the first message sent to the last one that has reached the peer, per message
     * @param processorNanos of the server, per message
     */
    record Round(double nanos, double processorNanos) {}

    private final PeerCertificates certificates = new PeerCertificates();
    private final CountingPeer peer = new CountingPeer(certificates, "127.0.0.1");
    private final OpenfireServer server;
    private final List<LightClient> users = new ArrayList<>();

    /** @param bastion with the federation guard enforcing what RFC 7590 asks; else the bare server */
    PeerSite(boolean bastion) throws Exception {
        TestIdentity identity = certificates.good(DOMAIN);
        ServerOptions options = ServerOptions.defaults()
                .domain(DOMAIN)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(certificates.authority())
                .property("dnsutil.dnsOverride", "{*,127.0.0.1:" + peer.port() + "}")
                .property("xmpp.server.tls.policy", "required");
        for (int i = 0; i < USERS; i++) {
            options = options.user("talker" + i, PASSWORD);
        }
        if (bastion) {
            options = options.bastion().property("plugin.bastion.federation.mode", "enforce");
        }
        server = new OpenfireServer(options).start();
        if (bastion) {
            server.insidePlugin(
                    BoundHost.PLUGIN,
                    List.of(),
                    DefineRule.class,
                    "federation.everybody",
                    "ENFORCE",
                    "{\"peers\":[\"*\"],\"certificate\":\"valid\",\"tls\":\"1.2\"}");
            server.reloadPlugin("bastion");
        }
        for (int i = 0; i < USERS; i++) {
            users.add(LightClient.connect(server, "talker" + i, PASSWORD, "bench"));
        }
        // The session comes about.
        talk(1);
    }

    /** @param messages of each user */
    Round talk(int messages) throws Exception {
        String all = MESSAGE.repeat(messages);
        long expected = peer.messages() + (long) messages * USERS;
        long processor = processorNanos();
        long begin = System.nanoTime();
        for (LightClient user : users) {
            user.send(all);
        }
        while (peer.messages() < expected) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("Of " + expected + " messages there arrived " + peer.messages());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        double nanos = (double) (System.nanoTime() - begin) / messages / USERS;
        return new Round(nanos, (double) (processorNanos() - processor) / messages / USERS);
    }

    private long processorNanos() throws Exception {
        return Long.parseLong(server.inside(ProcessorTime.class));
    }

    @Override
    public void close() {
        try {
            for (LightClient user : users) {
                user.close();
            }
            peer.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            server.close();
        }
    }
}
