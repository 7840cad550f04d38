// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.host.LoggedRows;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.e2e.server.task.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Moderation while its ground moves: the plugin is reloaded, the server restarted, its tables are gone. */
class ResilienceE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .bastion()
            .user("owner", "owner-secret-1")
            .user("stranger", "stranger-secret-1")
            .user("bystander", "bystander-secret-1")
            .property("plugin.bastion.moderation.mode", "enforce"));

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String LOGGED =
            """
            <query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>\
            <field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>\
            <field var='muc#roomconfig_persistentroom'><value>1</value></field>\
            <field var='muc#roomconfig_enablelogging'><value>1</value></field></x></query>""";

    private static Den den;
    private static XmppClient stranger;

    @BeforeAll
    static void enter() throws Exception {
        den = new Den(server());
        stranger = XmppClient.connect(server(), "stranger", "phone");
        stranger.join(den.room, "Stranger");
        den.awaitRule(stranger);
    }

    @AfterAll
    static void leave() {
        stranger.close();
        den.close();
    }

    @Test
    void whatWasDecidedOutlivesAKilledServer() throws Exception {
        OpenfireServer server = server();
        assertThat(den.owner.request("set", den.room, LOGGED).getType()).isEqualTo(IQ.Type.result);
        String body = "nobody should read " + XmppClient.nextId();
        stranger.sendMessage(den.room, "groupchat", body);
        String copy = Scene.xml(den.bystander.await(stanza -> Den.hasBody(stanza, body)));
        String stanzaId = Care.stanzaId(copy);
        String occupantId = Care.occupantId(copy);
        assertThat(den.owner.request("set", den.room, Care.moderate(stanzaId)).getType())
                .isEqualTo(IQ.Type.result);
        Care.command(den.owner, den.room, "mute", "person", "Stranger", "reason", "shouting", "minutes", "60");
        stranger.await(stanza -> Scene.xml(stanza).contains("You cannot speak"));
        // The host writes its log when it likes; what it never wrote, a killed server does not have.
        String unused = server.insidePlugin(BoundHost.PLUGIN, List.of(), LoggedRows.class, "flush");
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> logged("<retracted", stanzaId) > 0);
        den.awaitAudited("sanction-imposed", "MUTE");

        leave();
        server.kill();
        server.start();
        den = new Den(server);
        stranger = XmppClient.connect(server, "stranger", "phone");
        stranger.join(den.room, "Stranger again");

        String id = stranger.sendMessage(den.room, "groupchat", "may I?");
        assertThat(den.refusal(stranger, id).getCondition()).isEqualTo(StanzaError.Condition.forbidden);
        assertThat(den.bystander.received().toString()).doesNotContain(body);
        assertThat(logged(body, stanzaId)).isZero();
        assertThat(den.bystander.received())
                .as("who comes late finds the tombstone")
                .anyMatch(stanza -> Scene.xml(stanza).contains(stanzaId)
                        && Scene.xml(stanza).contains("<retracted"));
        String lift = Scene.xml(Care.command(den.owner, den.room, "lift"));
        String sanction = lift.replaceFirst("(?s).*<value>([0-9A-Z]{4}-[0-9A-Z]{4})</value>.*", "$1");
        Care.command(den.owner, den.room, "lift", "sanction", sanction);
        String again = "thank you " + XmppClient.nextId();
        stranger.sendMessage(den.room, "groupchat", again);
        assertThat(Care.occupantId(Scene.xml(den.bystander.await(stanza -> Den.hasBody(stanza, again)))))
                .isEqualTo(occupantId);
    }

    @Test
    void aReloadInTheMiddleOfAFloodLosesNoRuleAndLeavesNothingBehind() throws Exception {
        OpenfireServer server = server();
        List<String> before = threads();
        AtomicBoolean on = new AtomicBoolean(true);
        try (XmppClient flooder = XmppClient.connect(server, "stranger", "flood")) {
            flooder.join(den.room, "Flooder");
            Thread flood = new Thread(() -> {
                for (int i = 0; i < 20_000 && on.get(); i++) {
                    try {
                        flooder.sendMessage(den.room, "groupchat", Den.LISTED + " " + i);
                        flooder.sync();
                    } catch (Exception e) {
                        return;
                    }
                }
            });
            flood.start();
            server.reloadPlugin("bastion");
            on.set(false);
            flood.join();
            assertThat(flooder.received()).anyMatch(Scene::isRefused);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> more = new ArrayList<>(threads());
            // One for one: several guards have a thread of the same name.
            before.forEach(more::remove);
            assertThat(more).isEmpty();
        });
        String id = stranger.sendMessage(den.room, "groupchat", Den.LISTED);
        assertThat(den.refusal(stranger, id).getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
    }

    @Test
    void withItsTablesGoneItJudgesFromMemoryAndWritesLater() throws Exception {
        OpenfireServer server = server();
        server.insidePlugin(BoundHost.PLUGIN, List.of(), RenameTables.class, "away");
        try {
            String id = stranger.sendMessage(den.room, "groupchat", Den.LISTED);
            String text = den.refusal(stranger, id).getDescriptiveText("en");
            assertThat(text).contains("reference");
            String clean = "a clean message " + XmppClient.nextId();
            stranger.sendMessage(den.room, "groupchat", clean);
            den.bystander.await(stanza -> Den.hasBody(stanza, clean));
            server.insidePlugin(BoundHost.PLUGIN, List.of(), RenameTables.class, "back");
            String reference = text.replaceFirst("(?s).*reference ([0-9A-Z]{4}-[0-9A-Z]{4}).*", "$1");
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> Scene.xml(
                            Care.command(den.owner, den.room, "cases", "reference", reference, "do", "see"))
                    .contains("completed"));
        } finally {
            server.insidePlugin(BoundHost.PLUGIN, List.of(), RenameTables.class, "back");
        }
    }

    /** The threads that Bastion has started, by name. */
    private static List<String> threads() throws IOException {
        return server().inside(Threads.class)
                .lines()
                .map(line -> line.replaceFirst("\t.*", ""))
                .filter(name -> name.startsWith("bastion"))
                .sorted()
                .toList();
    }

    /** How many rows of the host's log hold both. */
    private static long logged(String one, String other) throws IOException {
        return server().insidePlugin(BoundHost.PLUGIN, List.of(), LoggedRows.class, "flush")
                .lines()
                .filter(row -> row.contains(one) && row.contains(other))
                .count();
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
