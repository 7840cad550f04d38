// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.BUNDLES;
import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN;
import static im.bastion.e2e.omemo.PepDialogue.OPEN_AND_MAX;
import static im.bastion.e2e.omemo.PepDialogue.ask;
import static im.bastion.e2e.omemo.PepDialogue.configure;
import static im.bastion.e2e.omemo.PepDialogue.devices;
import static im.bastion.e2e.omemo.PepDialogue.options;
import static im.bastion.e2e.omemo.PepDialogue.publish;
import static im.bastion.e2e.omemo.PepDialogue.read;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.omemo.wire.Bundle;
import java.time.Duration;
import java.util.List;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OMEMO 2 as its clients do it; and, as a control, what the same server makes of it without Bastion. */
class OmemoE2E {
    @RegisterExtension
    static final ServerUnderTest GUARDED = ServerUnderTest.own(users().bastion());

    @RegisterExtension
    static final ServerUnderTest STOCK = ServerUnderTest.own(users());

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String NICK = "http://jabber.org/protocol/nick";
    private static final int CROWD = 1_000;
    private static final String MODE = "plugin.bastion.omemo.mode";

    private final OmemoDevice phone = OmemoDevice.create(101);
    private final OmemoDevice laptop = OmemoDevice.create(202);

    @Test
    void acknowledgedKeysSurviveTheServersDeathAndAStrangerReadsThem() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient romeo = XmppClient.connect(server, "romeo", "phone")) {
            assertResult(ask(romeo, publish(DEVICES, devices(101, 202), OPEN), SOON));
            assertResult(ask(romeo, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(romeo, publish(BUNDLES, laptop.item(), OPEN_AND_MAX), SOON));
            server.kill();
        }
        server.start();

        try (XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            List<Element> bundles = read(stranger, "romeo@" + server.domain(), BUNDLES);
            List<Element> lists = read(stranger, "romeo@" + server.domain(), DEVICES);

            assertThat(ids(bundles)).containsExactlyInAnyOrder("101", "202");
            assertThat(bundle(bundles, "101")).isEqualTo(phone.bundle());
            assertThat(bundle(bundles, "202")).isEqualTo(laptop.bundle());
            assertThat(lists).hasSize(1);
            assertThat(lists.get(0).asXML()).contains("101").contains("202");
        }
    }

    @Test
    void withoutBastionAStrangerFindsNoSuchKeys() throws Exception {
        OpenfireServer server = STOCK.get();
        try (XmppClient romeo = XmppClient.connect(server, "romeo", "phone");
                XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            ask(romeo, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON);
            ask(romeo, publish(BUNDLES, laptop.item(), OPEN_AND_MAX), SOON);

            List<Element> bundles = read(stranger, "romeo@" + server.domain(), BUNDLES);

            assertThat(bundles == null ? List.of() : ids(bundles)).doesNotContain("101", "202");
        }
    }

    @Test
    void withoutBastionAnAcknowledgedListIsLost() throws Exception {
        OpenfireServer server = STOCK.get();
        try (XmppClient mercutio = XmppClient.connect(server, "mercutio", "phone")) {
            assertResult(ask(mercutio, publish(DEVICES, devices(301), OPEN), SOON));
            server.kill();
        }
        server.start();

        try (XmppClient mercutio = XmppClient.connect(server, "mercutio", "phone")) {
            List<Element> lists = read(mercutio, null, DEVICES);

            assertThat(lists == null ? List.of() : lists).isEmpty();
        }
    }

    @Test
    void aKilledServerKeepsTheSecondVersionOfABundle() throws Exception {
        OpenfireServer server = GUARDED.get();
        OmemoDevice renewed = OmemoDevice.create(101);
        try (XmppClient benvolio = XmppClient.connect(server, "benvolio", "phone")) {
            assertResult(ask(benvolio, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(benvolio, publish(BUNDLES, renewed.item(), OPEN_AND_MAX), SOON));
            server.kill();
        }
        server.start();

        try (XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            List<Element> bundles = read(stranger, "benvolio@" + server.domain(), BUNDLES);

            assertThat(ids(bundles)).containsExactly("101");
            assertThat(bundle(bundles, "101")).isEqualTo(renewed.bundle());
        }
    }

    @Test
    void aNodeFromBeforeIsRepairedByTheNextPublish() throws Exception {
        OpenfireServer server = GUARDED.get();
        String legacy = "eu.siacs.conversations.axolotl.devicelist";
        String list = "<item id='current'><list xmlns='eu.siacs.conversations.axolotl'><device id='%d'/></list></item>";
        try (XmppClient mercutio = XmppClient.connect(server, "mercutio", "phone");
                XmppClient stranger = XmppClient.connect(server, "juliet", "balcony")) {
            server.setProperty(MODE, "off");
            assertResult(ask(mercutio, publish(legacy, list.formatted(7), ""), SOON));
            assertThat(read(stranger, "mercutio@" + server.domain(), legacy)).isNull();

            server.setProperty(MODE, "enforce");
            assertResult(ask(mercutio, publish(legacy, list.formatted(8), ""), SOON));

            List<Element> items = read(stranger, "mercutio@" + server.domain(), legacy);
            assertThat(items).hasSize(1);
            assertThat(items.get(0).asXML()).contains("'8'".replace('\'', '"'));
        }
    }

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

    @Test
    void conditionsAreAnsweredAsTheSpecificationSays() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient tybalt = XmppClient.connect(server, "tybalt", "phone")) {
            assertResult(ask(tybalt, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));

            assertThat(error(ask(tybalt, publish(BUNDLES, phone.item(), options("access_model=whitelist")), SOON)))
                    .contains("conflict")
                    .contains("precondition-not-met");
            assertThat(error(ask(tybalt, publish(BUNDLES, phone.item(), options("max_items=MAX")), SOON)))
                    .contains("bad-request");
            assertThat(error(ask(tybalt, publish(BUNDLES, phone.item(), options("max_items=100000000000")), SOON)))
                    .contains("bad-request");
            assertThat(error(ask(tybalt, configure(BUNDLES, "max_items=0"), SOON)))
                    .contains("not-acceptable");
            assertResult(ask(tybalt, configure(BUNDLES, "access_model=open", "max_items=max"), SOON));
            assertResult(ask(tybalt, publish("urn:xmpp:bookmarks:1", bookmark(), privateAndMax()), SOON));
            assertResult(ask(tybalt, publish("urn:xmpp:bookmarks:1", bookmark(), privateAndMax()), SOON));
            assertThat(read(tybalt, null, "urn:xmpp:bookmarks:1")).hasSize(1);
        }
    }

    @Test
    void keysTheDatabaseDoesNotTakeAreNotAcknowledged() throws Exception {
        OpenfireServer server = GUARDED.get();
        server.inside(RefuseItem.class, "303");
        try (XmppClient tybalt = XmppClient.connect(server, "tybalt", "phone")) {
            String refused =
                    error(ask(tybalt, publish(BUNDLES, OmemoDevice.create(303).item(), OPEN_AND_MAX), SOON));

            assertThat(refused).contains("internal-server-error").contains("wait");
        }
    }

    @Test
    void nobodyIsToldOfTheNewConfiguration() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient paris = XmppClient.connect(server, "paris", "phone")) {
            assertResult(ask(paris, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));
            paris.sync();

            assertThat(paris.received())
                    .noneMatch(stanza -> stanza.toXML().toString().contains("<configuration"));
        }
    }

    @Test
    void accountsAnnounceWhatOmemoNeeds() throws Exception {
        OpenfireServer server = GUARDED.get();
        try (XmppClient tybalt = XmppClient.connect(server, "tybalt", "phone")) {
            String info = tybalt.request(
                            "get",
                            "tybalt@" + server.domain(),
                            "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                    .toXML()
                    .toString();

            assertThat(info)
                    .containsOnlyOnce("http://jabber.org/protocol/pubsub#config-node-max")
                    .containsOnlyOnce("http://jabber.org/protocol/pubsub#publish-options")
                    .containsOnlyOnce("http://jabber.org/protocol/pubsub#multi-items");
        }
    }

    @Test
    void theSeamDoesWithThisServerWhatItPromises() throws Exception {
        String seen = GUARDED.get().insidePlugin(SeamWalk.PLUGIN, List.of(), SeamWalk.class, "rosaline");

        assertThat(seen.lines())
                .containsExactly(
                        "null",
                        "refused",
                        "Node[id=urn:bastion:e2e:node, accessModel=open, persistent=true, maxItems=7]",
                        "Node[id=urn:bastion:e2e:node, accessModel=open, persistent=true, maxItems=9]",
                        "[a, b]",
                        "refused",
                        "null");
    }

    private static ServerOptions users() {
        return ServerOptions.defaults()
                .user("romeo", "romeo-secret-1")
                .user("juliet", "juliet-secret-1")
                .user("mercutio", "mercutio-secret-1")
                .user("benvolio", "benvolio-secret-1")
                .user("tybalt", "tybalt-secret-1")
                .user("paris", "paris-secret-1")
                .user("rosaline", "rosaline-secret-1")
                .user("escalus", "escalus-secret-1")
                .user("abram", "abram-secret-1")
                .user("gregory", "gregory-secret-1")
                .user("sampson", "sampson-secret-1")
                .user("balthasar", "balthasar-secret-1");
    }

    private static String bookmark() {
        return "<item id='orchard@conference.bastion.test'><conference xmlns='urn:xmpp:bookmarks:1'/></item>";
    }

    private static String privateAndMax() {
        return options("access_model=whitelist", "max_items=max", "persist_items=true");
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

    private static Bundle bundle(List<Element> items, String id) throws Exception {
        Element found = items.stream()
                .filter(item -> id.equals(item.attributeValue("id")))
                .findFirst()
                .orElseThrow();
        return Bundle.parse(found.elements().get(0));
    }
}
