// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.BastionJar;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ProcessView;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An admin may put Bastion in, out, in again and up as often as she likes: the server is as it was before. */
class LifecycleE2E {
    private static final int ROUNDS = Integer.getInteger("bastion.lifecycle.rounds", 20);
    /** Pools of the server grow with its work; one thing left behind in each of twenty rounds is more than this. */
    private static final int BREATH = 20;

    private static final int RELAY_PORT = FreePorts.on("127.0.0.1", 1).get(0);

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .user("juliet", "juliet-secret-1")
            // Everything that opens ports and starts threads is on.
            .property("plugin.bastion.relay.mode", "ENFORCE")
            .property("plugin.bastion.relay.listen-address", "127.0.0.1")
            .property("plugin.bastion.relay.port", Integer.toString(RELAY_PORT))
            // Above the ports the system gives away, so that the one above is not among them.
            .property("plugin.bastion.relay.min-port", "61000")
            .property("plugin.bastion.relay.max-port", "61255")
            // What only soft references hold is collected at every look.
            .jvmArgument("-XX:SoftRefLRUPolicyMSPerMB=0"));

    @TempDir
    Path folder;

    @Test
    void comingAndGoingLeavesNothingBehind() throws Exception {
        OpenfireServer server = SERVER.get();
        // What the server itself registers on first use.
        talk(server, IQ.Type.error);
        Footprint before = Footprint.of(server);
        // The first time the server learns things it keeps, such as caches and connections to its database.
        round(server, 0);
        Footprint settled = Footprint.of(server);

        for (int round = 1; round <= ROUNDS; round++) {
            round(server, round);
        }

        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertNothingLeft(server, before, settled));
        } catch (ConditionTimeoutException e) {
            Path dump = Path.of("target", "lifecycle.hprof").toAbsolutePath();
            new ProcessView(server.pid()).dumpHeap(dump);
            throw new AssertionError("What holds it is in " + dump, e);
        }
    }

    private static void assertNothingLeft(OpenfireServer server, Footprint before, Footprint settled)
            throws IOException {
        Footprint after = Footprint.of(server);
        assertThat(after.bastionThreads()).as("threads").isEqualTo(before.bastionThreads());
        assertThat(difference(after.registrations(), before.registrations()))
                .as("registrations")
                .isEmpty();
        assertThat(difference(after.ports(), before.ports())).as("ports").isEmpty();
        assertThat(after.bastionFiles()).as("open files").isEmpty();
        assertThat(after.loaders()).as("class loaders").isEqualTo(before.loaders());
        assertThat(after.bastionObjects()).as("live objects").isEmpty();
        assertThat(after.threads()).as("all threads").isLessThan(settled.threads() + BREATH);
        assertThat(after.descriptors()).as("all descriptors").isLessThan(settled.descriptors() + BREATH);
    }

    /** What is in one of them only, left behind or lost. */
    private static Set<String> difference(Set<String> after, Set<String> before) {
        Set<String> either = new TreeSet<>(after);
        either.addAll(before);
        either.removeIf(item -> after.contains(item) && before.contains(item));
        return either;
    }

    private void round(OpenfireServer server, int round) throws Exception {
        server.installPlugin(BastionJar.path());
        assertThat(new ProcessView(server.pid()).boundPorts()).contains("udp " + RELAY_PORT);
        server.reloadPlugin("bastion");
        use(server);
        server.installPlugin(PluginVersions.repacked(BastionJar.path(), folder.resolve("v" + round), "9.9." + round));
        use(server);
        server.unloadPlugin("bastion");
    }

    /** Sends something through every part, so that what is made on first use is there to be left behind. */
    private static void use(OpenfireServer server) throws Exception {
        AdminSession.Page overview = server.admin().get("plugins/bastion/bastion-overview.jsp");
        assertThat(overview.status()).isEqualTo(200);
        talk(server, IQ.Type.result);
    }

    /** Asks for the services that Bastion offers, and says something. */
    private static void talk(OpenfireServer server, IQ.Type expected) throws Exception {
        try (XmppClient juliet = XmppClient.connect(server, "juliet", "balcony")) {
            IQ services = juliet.request("get", server.domain(), "<services xmlns='urn:xmpp:extdisco:2'/>");
            assertThat(services.getType()).isEqualTo(expected);
            juliet.request("get", server.domain(), "<query xmlns='http://jabber.org/protocol/disco#info'/>");
            juliet.sendMessage(juliet.jid(), "chat", "O Romeo");
            juliet.sync();
        }
    }
}
