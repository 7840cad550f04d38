// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.BUNDLES;
import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN;
import static im.bastion.e2e.omemo.PepDialogue.OPEN_AND_MAX;
import static im.bastion.e2e.omemo.PepDialogue.ask;
import static im.bastion.e2e.omemo.PepDialogue.configure;
import static im.bastion.e2e.omemo.PepDialogue.devices;
import static im.bastion.e2e.omemo.PepDialogue.publish;
import static im.bastion.e2e.omemo.PepDialogue.read;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may and who may not, what owners decide about their nodes, and a server that changes under its users' feet. */
class OmemoAccessE2E {
    @RegisterExtension
    static final ServerUnderTest GUARDED = ServerUnderTest.own(ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .user("mercutio", "mercutio-secret-1")
            .user("benvolio", "benvolio-secret-1")
            .user("tybalt", "tybalt-secret-1")
            .user("paris", "paris-secret-1")
            .bastion());

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String OWNER = "http://jabber.org/protocol/pubsub#owner";

    @Test
    void anOutcastReadsNothingAndAStrangerStillDoes() throws Exception {
        String owner = address("romeo");
        try (XmppClient romeo = XmppClient.connect(GUARDED.get(), "romeo", "phone");
                XmppClient juliet = XmppClient.connect(GUARDED.get(), "juliet", "balcony");
                XmppClient stranger = XmppClient.connect(GUARDED.get(), "paris", "street")) {
            assertResult(ask(romeo, publish(DEVICES, devices(101), OPEN), SOON));
            assertThat(read(juliet, owner, DEVICES)).hasSize(1);

            assertResult(ask(
                    romeo,
                    "<pubsub xmlns='%s'><affiliations node='%s'><affiliation jid='%s' affiliation='outcast'/></affiliations></pubsub>"
                            .formatted(OWNER, DEVICES, address("juliet")),
                    SOON));
            assertResult(ask(romeo, publish(DEVICES, devices(101, 202), OPEN), SOON));

            assertThat(read(juliet, owner, DEVICES)).isNull();
            assertThat(read(stranger, owner, DEVICES)).hasSize(1);
            juliet.sync();
            assertThat(HeardEvents.of(juliet, DEVICES)).isEmpty();
        }
    }

    @Test
    void whoHasNoAccountReadsKeysAndPublishesNone() throws Exception {
        GUARDED.get().setProperty("xmpp.auth.anonymous", "true");
        try (XmppClient mercutio = XmppClient.connect(GUARDED.get(), "mercutio", "phone");
                XmppClient nobody = XmppClient.connectAnonymous(GUARDED.get())) {
            assertResult(ask(mercutio, publish(DEVICES, devices(101), OPEN), SOON));

            assertThat(read(nobody, address("mercutio"), DEVICES)).hasSize(1);
            IQ refused = ask(nobody, publish(BUNDLES, OmemoDevice.create(7).item(), OPEN_AND_MAX), SOON);

            assertThat(refused).isNotNull();
            assertThat(refused.getType()).isEqualTo(IQ.Type.error);
        }
    }

    @Test
    void aServerWithoutPersonalEventingSaysSoAndKeepsWhatItHas() throws Exception {
        try (XmppClient benvolio = XmppClient.connect(GUARDED.get(), "benvolio", "phone")) {
            assertResult(ask(benvolio, publish(DEVICES, devices(101), OPEN), SOON));

            GUARDED.get().setProperty("xmpp.pep.enabled", "false");
            IQ refused = ask(benvolio, publish(DEVICES, devices(101, 202), OPEN), SOON);
            GUARDED.get().setProperty("xmpp.pep.enabled", "true");

            assertThat(refused).isNotNull();
            assertThat(refused.getType()).isEqualTo(IQ.Type.error);
            assertThat(read(benvolio, null, DEVICES).get(0).asXML())
                    .contains("\"101\"")
                    .doesNotContain("202");
            assertResult(ask(benvolio, publish(DEVICES, devices(101, 202), OPEN), SOON));
        }
    }

    @Test
    void whatAnOwnerConfiguresAndDeletesIsSoAfterAKillAndContactsAreTold() throws Exception {
        OpenfireServer server = GUARDED.get();
        String legacy = "eu.siacs.conversations.axolotl.devicelist";
        server.inside(Befriend.class, "tybalt", "juliet");
        try (XmppClient tybalt = XmppClient.connect(server, "tybalt", "phone");
                XmppClient desk = XmppClient.connectWanting(server, "tybalt", "desk", List.of(legacy));
                XmppClient juliet = XmppClient.connectWanting(server, "juliet", "garden", List.of(legacy))) {
            assertResult(ask(tybalt, publish(DEVICES, devices(7), OPEN), SOON));
            assertResult(ask(
                    tybalt,
                    publish(
                            legacy,
                            "<item id='current'><list xmlns='eu.siacs.conversations.axolotl'><device id='7'/></list></item>",
                            OPEN),
                    SOON));
            assertThat(HeardEvents.await(juliet, legacy, 1)).hasSize(1);
            List.of(desk, juliet).forEach(XmppClient::forget);

            assertResult(ask(tybalt, "<pubsub xmlns='%s'><delete node='%s'/></pubsub>".formatted(OWNER, legacy), SOON));
            assertResult(ask(tybalt, configure(DEVICES, "access_model=whitelist"), SOON));
            for (XmppClient told : List.of(desk, juliet)) {
                List<Element> heard = HeardEvents.awaitDeletions(told, legacy, 1);
                assertThat(heard).as(told.jid()).hasSize(1);
                assertThat(heard.get(0).attributeValue("type")).isEqualTo("headline");
            }
            server.kill();
        }
        server.start();

        try (XmppClient tybalt = XmppClient.connect(server, "tybalt", "phone");
                XmppClient juliet = XmppClient.connect(server, "juliet", "garden")) {
            assertThat(read(juliet, address("tybalt"), legacy)).isNull();
            assertThat(read(tybalt, null, legacy)).isNull();
            assertThat(read(juliet, address("tybalt"), DEVICES)).isNull();
            assertThat(read(tybalt, null, DEVICES)).hasSize(1);
        }
    }

    @Test
    void publishesGoOnWhileThePluginIsReloaded() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient paris = XmppClient.connect(server, "paris", "phone")) {
            assertResult(ask(paris, publish(BUNDLES, OmemoDevice.create(1).item(), OPEN_AND_MAX), SOON));
            AtomicBoolean reloaded = new AtomicBoolean();
            CompletableFuture<List<Integer>> publishing =
                    CompletableFuture.supplyAsync(() -> untilThen(paris, reloaded));
            server.reloadPlugin("bastion");
            reloaded.set(true);

            List<Integer> acknowledged = publishing.get();
            assertResult(ask(paris, publish(BUNDLES, OmemoDevice.create(1_000).item(), OPEN_AND_MAX), SOON));
            assertThat(read(paris, null, BUNDLES))
                    .extracting(item -> Integer.parseInt(item.attributeValue("id")))
                    .contains(1, 1_000)
                    .containsAll(acknowledged);
        }
    }

    /** Publishes one device's keys after the other; those that were acknowledged. All of them are answered. */
    private static List<Integer> untilThen(XmppClient client, AtomicBoolean end) {
        List<Integer> acknowledged = new ArrayList<>();
        try {
            for (int device = 2; device < 200 && !end.get(); device++) {
                // Without options, which a host alone would stumble over.
                IQ answer =
                        ask(client, publish(BUNDLES, OmemoDevice.create(device).item(), ""), SOON);
                assertThat(answer).as("answer to the publish of " + device).isNotNull();
                if (answer.getType() == IQ.Type.result) {
                    acknowledged.add(device);
                }
            }
            return acknowledged;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String address(String user) {
        return user + "@" + GUARDED.get().domain();
    }

    private static void assertResult(IQ answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).as(answer.toXML().toString()).isEqualTo(IQ.Type.result);
    }
}
