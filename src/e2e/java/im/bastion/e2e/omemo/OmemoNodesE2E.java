// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.BUNDLES;
import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN_AND_MAX;
import static im.bastion.e2e.omemo.PepDialogue.ask;
import static im.bastion.e2e.omemo.PepDialogue.configure;
import static im.bastion.e2e.omemo.PepDialogue.options;
import static im.bastion.e2e.omemo.PepDialogue.publish;
import static im.bastion.e2e.omemo.PepDialogue.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes under stress: killed servers, a crowd, what was made before, forms and addresses that are not as they should be. */
class OmemoNodesE2E {
    @RegisterExtension
    static final ServerUnderTest GUARDED = ServerUnderTest.own(ServerOptions.defaults()
            .user("juliet", "juliet-secret-1")
            .user("escalus", "escalus-secret-1")
            .user("abram", "abram-secret-1")
            .user("gregory", "gregory-secret-1")
            .user("sampson", "sampson-secret-1")
            .user("balthasar", "balthasar-secret-1")
            .bastion());

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String NICK = "http://jabber.org/protocol/nick";
    private static final int CROWD = 1_000;
    private static final int STORED = 20_000;
    private static final String PAGE = "plugins/bastion/bastion-omemo.jsp";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MODE = "plugin.bastion.omemo.mode";

    private final OmemoDevice phone = OmemoDevice.create(101);
    private final OmemoDevice laptop = OmemoDevice.create(202);

    /** Fifty with {@code -Dbastion.kill-rounds=50}, which takes a quarter of an hour. */
    @Test
    void whateverWasAcknowledgedSurvivesOneDeathAfterTheOther() throws Exception {
        int rounds = Integer.getInteger("bastion.kill-rounds", 2);

        assertThat(KillRounds.lost(GUARDED.get(), "escalus", rounds)).isZero();
    }

    @Test
    void aThousandUsersWhoPublishAtOnceWhenTheServerHasJustStartedAreAllKept() throws Exception {
        OpenfireServer server = GUARDED.get();
        server.stop();
        server.start();
        try (Crowd crowd = Crowd.gather(server, "crowd", CROWD)) {
            assertThat(crowd.publish(1)).isEqualTo(CROWD);
            server.kill();
        }
        server.start();

        try (XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            for (int i = 0; i < CROWD; i += 97) {
                assertThat(read(stranger, "crowd" + i + "@" + server.domain(), DEVICES))
                        .as("crowd" + i)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aDeviceThatWasTakenOffDoesNotComeBackWithAKilledServer() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient client = XmppClient.connect(server, "escalus", "phone");
                XmppClient other = XmppClient.connectWanting(server, "escalus", "desk", List.of(BUNDLES))) {
            assertResult(ask(client, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(client, publish(BUNDLES, laptop.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(
                    client,
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='" + BUNDLES
                            + "' notify='true'><item id='202'/></retract></pubsub>",
                    SOON));

            List<Element> heard = HeardEvents.await(other, BUNDLES, 3).stream()
                    .filter(event -> event.asXML().contains("<retract "))
                    .toList();
            assertThat(heard).hasSize(1);
            server.kill();
        }
        server.start();

        try (XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            assertThat(ids(read(stranger, "escalus@" + server.domain(), BUNDLES)))
                    .contains("101")
                    .doesNotContain("202");
        }
    }

    @Test
    void aSweepFindsTheNodesFromBeforeAndRepairsThem() throws Exception {
        OpenfireServer server = GUARDED.get();
        String owner = "abram@" + server.domain();
        String legacy = "eu.siacs.conversations.axolotl.devicelist";
        String list = "<item id='current'><list xmlns='eu.siacs.conversations.axolotl'><device id='7'/></list></item>";
        try (XmppClient abram = XmppClient.connect(server, "abram", "phone");
                XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            server.setProperty(MODE, "off");
            assertResult(ask(abram, publish(legacy, list, ""), SOON));
            assertResult(ask(
                    abram, publish(NICK, "<item id='current'><nick xmlns='" + NICK + "'>A</nick></item>", ""), SOON));
            server.setProperty(MODE, "enforce");

            String looked = sweep("dry");
            assertThat(looked).contains(owner + " " + legacy + " CHANGED").doesNotContain(NICK);
            assertThat(read(stranger, owner, legacy)).isNull();

            String swept = sweep("");
            assertThat(swept).contains(owner + " " + legacy + " CHANGED");
            assertThat(read(stranger, owner, legacy)).hasSize(1);
            assertThat(read(stranger, owner, NICK)).isNull();
            assertThat(sweep("")).doesNotContain(owner);
            server.kill();
        }
        server.start();

        try (XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            List<Element> kept = read(stranger, owner, legacy);
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).asXML()).contains("\"7\"");
        }
    }

    @Test
    void aSweepThatAKillInterruptsGoesOnByItself() throws Exception {
        OpenfireServer server = GUARDED.get();
        server.inside(StoreNodes.class, String.valueOf(STORED));
        AdminSession admin = server.admin();
        String csrf = admin.get(PAGE).field("csrf");
        assertThat(admin.post(PAGE, Map.of("action", "sweep", "csrf", csrf)).status())
                .isEqualTo(200);
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> isUnderWay(unswept()));
        server.kill();
        server.start();

        await().atMost(PATIENCE).until(() -> unswept() == 0);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.admin().get(PAGE).body()).contains("Finished"));
    }

    private static boolean isUnderWay(int unswept) {
        return unswept > 0 && unswept < STORED;
    }

    private static int unswept() throws Exception {
        return Integer.parseInt(GUARDED.get().inside(CountUnswept.class));
    }

    @Test
    void requestsForOthersAndByOthersAreAnsweredAsTheyShould() throws Exception {
        OpenfireServer server = GUARDED.get();
        String owner = "gregory@" + server.domain();
        try (XmppClient gregory = XmppClient.connect(server, "gregory", "phone");
                XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            String publish = publish(BUNDLES, phone.item(), OPEN_AND_MAX);
            assertThat(gregory.request("set", owner, publish).getType()).isEqualTo(IQ.Type.result);
            assertThat(gregory.request("set", owner, publish).getType()).isEqualTo(IQ.Type.result);
            assertThat(read(stranger, owner, BUNDLES)).hasSize(1);

            assertThat(stranger.request("set", owner, publish).getType()).isEqualTo(IQ.Type.error);
            assertThat(stranger.request("set", owner, configure(BUNDLES, "access_model=whitelist"))
                            .getType())
                    .isEqualTo(IQ.Type.error);
            assertThat(stranger.request(
                                    "set",
                                    owner,
                                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='" + BUNDLES
                                            + "'><item id='101'/></retract></pubsub>")
                            .getType())
                    .isEqualTo(IQ.Type.error);
            assertThat(read(stranger, owner, BUNDLES)).hasSize(1);
            assertThat(read(stranger, "nobody@" + server.domain(), BUNDLES)).isNull();

            IQ throughTheServer =
                    gregory.request("set", server.domain(), publish(BUNDLES, laptop.item(), OPEN_AND_MAX));
            assertThat(ids(read(stranger, owner, BUNDLES)))
                    .hasSize(throughTheServer.getType() == IQ.Type.result ? 2 : 1);
        }
    }

    @Test
    void aFormThatCannotBeHadChangesNothing() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient sampson = XmppClient.connect(server, "sampson", "phone");
                XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            assertResult(ask(
                    sampson, publish(NICK, "<item id='current'><nick xmlns='" + NICK + "'>S</nick></item>", ""), SOON));

            for (String field : List.of(
                    "max_items=MAX",
                    "max_items=2147483648",
                    "publish_model=nobody",
                    "max_payload_size=much",
                    "collection=urn:nowhere")) {
                assertThat(error(ask(sampson, configure(NICK, "access_model=open", field), SOON)))
                        .as(field)
                        .contains("not-acceptable");
                assertThat(read(stranger, "sampson@" + server.domain(), NICK))
                        .as(field)
                        .isNull();
            }
        }
    }

    @Test
    void privateDataStaysPrivateAndTheSamePublishSucceedsTwice() throws Exception {
        OpenfireServer server = GUARDED.get();
        String options = options(
                "access_model=whitelist", "persist_items=true", "max_items=max", "send_last_published_item=never");
        try (XmppClient balthasar = XmppClient.connect(server, "balthasar", "phone");
                XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            for (int i = 0; i < 2; i++) {
                assertResult(ask(balthasar, publish("urn:xmpp:bookmarks:1", bookmark(), options), SOON));
            }
            assertThat(error(ask(
                            balthasar, publish("urn:xmpp:bookmarks:1", bookmark(), options("no_such_field=1")), SOON)))
                    .contains("precondition-not-met");
            assertThat(read(stranger, "balthasar@" + server.domain(), "urn:xmpp:bookmarks:1"))
                    .isNull();
            assertThat(read(balthasar, null, "urn:xmpp:bookmarks:1")).hasSize(1);
        }
    }

    private static String sweep(String how) throws Exception {
        return GUARDED.get().insidePlugin(SeamWalk.PLUGIN, List.of(), SweepNodes.class, how);
    }

    private static String bookmark() {
        return "<item id='orchard@conference.bastion.test'><conference xmlns='urn:xmpp:bookmarks:1'/></item>";
    }

    private static void assertResult(IQ answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).as(answer.toXML().toString()).isEqualTo(IQ.Type.result);
    }

    private static String error(IQ answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).isEqualTo(IQ.Type.error);
        return answer.toXML().toString();
    }

    private static List<String> ids(List<Element> items) {
        return items.stream().map(item -> item.attributeValue("id")).toList();
    }
}
