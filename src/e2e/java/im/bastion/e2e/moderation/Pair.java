// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.peer.RoguePeer;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.Ports;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jivesoftware.smack.packet.Message;

/**
 * Two servers that federate: one with the rooms and Bastion, one without, and whoever else there is beyond. Shared by the
 * classes that show the cases of abuse, which keep out of each other's way by accounts and rooms of their own.
 */
final class Pair {
    static final String HOME_DOMAIN = "bastion.test";
    static final String AWAY_DOMAIN = "away.test";

    static final PeerCertificates CERTIFICATES = new PeerCertificates();
    /** Every domain that is none of the others. */
    static final RoguePeer ROGUE = new RoguePeer(CERTIFICATES, "127.0.0.1");

    private static final List<Integer> FREE = FreePorts.on("127.0.0.1", 6);

    static final ServerUnderTest HOME = ServerUnderTest.shared(
            federated(HOME_DOMAIN, 0).bastion().property("plugin.bastion.moderation.mode", "enforce"));
    static final ServerUnderTest AWAY = ServerUnderTest.shared(federated(AWAY_DOMAIN, 3));

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static OpenfireServer furnished;

    private Pair() {}

    /** Sees to it that every {@link Policy} is in force. */
    static void furnish() throws Exception {
        if (furnished == HOME.get()) {
            return;
        }
        for (Policy policy : Policy.values()) {
            policy.define(HOME.get());
        }
        // Rules that another node defined come with a delay, and all at once.
        try (Scene canary = new Scene(Policy.CANARY);
                XmppClient stranger = canary.enter(Origin.LOCAL, "Stranger")) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        String id = stranger.sendMessage(canary.room, "groupchat", Policy.LISTED);
                        return canary.answer(stranger, id).getType() == Message.Type.error;
                    });
        }
        furnished = HOME.get();
    }

    /** Logs in somebody nobody has seen before. */
    static XmppClient somebody(Origin origin) throws Exception {
        return connect(origin, "somebody" + NUMBER.incrementAndGet(), "phone");
    }

    /** Logs in the account, which is made if need be. */
    static XmppClient connect(Origin origin, String name, String resource) throws Exception {
        OpenfireServer server = origin == Origin.LOCAL ? HOME.get() : AWAY.get();
        String password = name + "-secret-1";
        server.createUser(name, password);
        return XmppClient.connect(server, name, password, resource);
    }

    /** A number nobody has had before, to make names of. */
    static int number() {
        return NUMBER.incrementAndGet();
    }

    /** Defines a rule as another node would; it is in force some seconds later. */
    static void define(String rule, String mode, String body) throws Exception {
        HOME.get().insidePlugin(BoundHost.PLUGIN, List.of(), DefineRule.class, rule, mode, body);
    }

    private static ServerOptions federated(String domain, int firstPort) {
        TestIdentity identity = CERTIFICATES.good(domain);
        String override =
                "{%1$s,127.0.0.1:%2$d},{conference.%1$s,127.0.0.1:%2$d},{%3$s,127.0.0.1:%4$d},{pubsub.%3$s,127.0.0.1:%4$d},{*,127.0.0.1:%5$d}"
                        .formatted(HOME_DOMAIN, FREE.get(1), AWAY_DOMAIN, FREE.get(4), ROGUE.port());
        return ServerOptions.defaults()
                .domain(domain)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(CERTIFICATES.authority())
                .ports(new Ports(FREE.get(firstPort), FREE.get(firstPort + 1), FREE.get(firstPort + 2)))
                .property("dnsutil.dnsOverride", override)
                // Outgoing TLS 1.3 hangs on 4.2.0 with Java 17.
                .property("xmpp.socket.ssl.protocols", "TLSv1.2")
                .property("xmpp.server.read.timeout", "5000");
    }
}
