// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.CERTIFICATES;
import static im.bastion.e2e.federation.FederationSite.PATIENCE;
import static im.bastion.e2e.federation.FederationSite.ROGUE;
import static im.bastion.e2e.federation.FederationSite.bodies;
import static im.bastion.e2e.federation.FederationSite.message;
import static im.bastion.e2e.federation.FederationSite.messages;
import static im.bastion.e2e.federation.FederationSite.mode;
import static im.bastion.e2e.federation.FederationSite.overview;
import static im.bastion.e2e.federation.FederationSite.say;
import static im.bastion.e2e.federation.FederationSite.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.peer.RogueCaller;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.util.List;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In enforce nothing passes when Bastion itself fails, or the host cannot tell what it must know; with good peers. */
class FederationFaultsE2E {
    private static final String UNREADABLE = "what its connection uses cannot be read";
    private static final String RETRY_PAUSE = "plugin.bastion.federation.retry-pause";

    @RegisterExtension
    static final ServerUnderTest SERVER = FederationSite.SERVER;

    @BeforeAll
    static void makeTheRules() throws Exception {
        FederationSite.makeTheRules();
    }

    @Test
    void nothingPassesInEitherDirectionWhenTheGuardItselfThrows() throws Exception {
        mode("enforce");
        String domain = Trick.HONEST.domain();
        String caller = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "faults");
                RogueCaller in = RogueCaller.encrypted(server(), caller, CERTIFICATES.good(caller))) {
            assertThat(say(romeo, domain, "before")).isNull();
            in.send(message(caller, "came before"));
            await().atMost(PATIENCE).until(() -> bodies(romeo).contains("came before"));
            try {
                assertThat(server().insidePlugin(BoundHost.PLUGIN, List.of(), BreakGuard.class))
                        .isEqualTo("broken");

                Message answer = say(romeo, domain, "meanwhile");
                in.sendAndSettle(message(caller, "came meanwhile"), Trick.HONEST.domain());
                romeo.sync();

                assertThat(answer.getError().getCondition()).isEqualTo(StanzaError.Condition.internal_server_error);
                assertThat(answer.getError().getDescriptiveText()).contains("federation policy");
                assertThat(messages(domain)).as(ROGUE.log(domain)).hasSize(1);
                assertThat(bodies(romeo)).doesNotContain("came meanwhile");
                assertThat(overview()).contains("Stanzas it failed on itself");
            } finally {
                server().reloadPlugin("bastion");
            }
            assertThat(say(romeo, domain, "afterwards")).isNull();
            in.send(message(caller, "came afterwards"));
            await().atMost(PATIENCE).until(() -> bodies(romeo).contains("came afterwards"));
        }
    }

    @Test
    void nothingGoesOutOnASessionThatCannotBeRead() throws Exception {
        mode("off");
        // Until then the session stays, although nothing is allowed on it.
        server().setProperty(RETRY_PAUSE, "600");
        String domain = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "faults")) {
            assertThat(say(romeo, domain, "opens the session")).isNull();
            assertThat(server().inside(HideTlsData.class, domain)).isEqualTo("1");
            assertThat(say(romeo, domain, "the session still works")).isNull();

            mode("enforce");
            Message answer = say(romeo, domain, "kept");

            assertThat(answer.getError().getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
            assertThat(answer.getError().getDescriptiveText()).contains(UNREADABLE);
            assertThat(messages(domain)).as(ROGUE.log(domain)).hasSize(2);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(overview()).contains("to " + domain + ": " + UNREADABLE));
        } finally {
            server().setProperty(RETRY_PAUSE, "0");
        }
    }

    @Test
    void nothingComesInOverASessionThatCannotBeReadAndItIsClosedWithTheReason() throws Exception {
        mode("off");
        String domain = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "faults");
                RogueCaller caller = RogueCaller.encrypted(server(), domain, CERTIFICATES.good(domain))) {
            // 4.2.0 answers the dialback before it lists the session.
            await().atMost(PATIENCE)
                    .until(() -> server().inside(HideTlsData.class, domain).equals("1"));
            caller.send(message(domain, "the session still works"));
            await().atMost(PATIENCE).until(() -> bodies(romeo).contains("the session still works"));

            mode("enforce");
            try {
                caller.send(message(domain, "kept"));
            } catch (IOException e) {
                // Closed already: all sessions are looked at when the mode changes.
            }

            assertThat(caller.until("<stream:error")).contains("policy-violation", UNREADABLE);
            romeo.sync();
            assertThat(bodies(romeo)).doesNotContain("kept");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(overview()).contains("from " + domain + ": " + UNREADABLE));
        }
    }
}
