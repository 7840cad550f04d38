// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.BUNDLES;
import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN;
import static im.bastion.e2e.omemo.PepDialogue.OPEN_AND_MAX;
import static im.bastion.e2e.omemo.PepDialogue.ask;
import static im.bastion.e2e.omemo.PepDialogue.devices;
import static im.bastion.e2e.omemo.PepDialogue.publish;
import static im.bastion.e2e.omemo.PepDialogue.read;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.Ports;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hears what of keys, on this server and from another one, and what strangers elsewhere can read. */
class OmemoEventsE2E {
    private static final String HOME = "bastion.test";
    private static final String AWAY = "away.test";
    private static final List<Integer> FREE = FreePorts.on("127.0.0.1", 6);
    private static final String LEGACY = "eu.siacs.conversations.axolotl.devicelist";
    private static final String NICK = "http://jabber.org/protocol/nick";
    private static final List<String> WANTED = List.of(DEVICES, LEGACY, NICK);
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    static final ServerUnderTest SERVER =
            ServerUnderTest.own(users(federated(HOME, 0)).bastion());

    @RegisterExtension
    static final ServerUnderTest OTHER = ServerUnderTest.own(federated(AWAY, 3).user("kim", "kim-secret-1"));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200})
    void everyResourceThatWantsToHearsEachPublishOnce(int contacts) throws Exception {
        String owner = "owner" + contacts;
        List<String> friends = new ArrayList<>(List.of(owner));
        for (int i = 0; i < contacts; i++) {
            friends.add(i == 0 ? "friend" + contacts : "absent" + i + "@" + HOME);
        }
        server().inside(Befriend.class, friends.toArray(String[]::new));
        try (XmppClient phone = XmppClient.connectWanting(server(), owner, "phone", WANTED);
                XmppClient laptop = XmppClient.connectWanting(server(), owner, "laptop", WANTED);
                XmppClient deaf = XmppClient.connect(server(), owner, "deaf");
                XmppClient balcony = XmppClient.connectWanting(server(), "friend" + contacts, "balcony", WANTED);
                XmppClient garden = XmppClient.connect(server(), "friend" + contacts, "garden");
                XmppClient chamber = XmppClient.connectSilent(server(), "friend" + contacts, "chamber")) {
            assertResult(ask(phone, publish(DEVICES, devices(1), OPEN), SOON));
            assertResult(ask(phone, publish(DEVICES, devices(1, 2), OPEN), SOON));
            assertResult(ask(laptop, publish(DEVICES, devices(1, 2), OPEN), SOON));

            for (XmppClient own : List.of(phone, laptop)) {
                List<Element> heard = HeardEvents.await(own, DEVICES, 3);
                assertThat(heard).as(own.jid()).hasSize(3);
                assertThat(heard).allMatch(event -> "headline".equals(event.attributeValue("type")));
                assertThat(HeardEvents.payload(heard.get(0))).contains("\"1\"").doesNotContain("\"2\"");
                assertThat(HeardEvents.payload(heard.get(2))).contains("\"1\"").contains("\"2\"");
            }
            assertThat(HeardEvents.of(deaf, DEVICES)).isEmpty();
            assertThat(HeardEvents.of(garden, DEVICES)).isEmpty();
            if (contacts == 0) {
                assertThat(HeardEvents.of(balcony, DEVICES)).isEmpty();
            } else {
                assertThat(HeardEvents.await(balcony, DEVICES, 3)).hasSize(3);
                assertThat(HeardEvents.await(chamber, DEVICES, 3)).hasSize(3);
            }
        }
    }

    @Test
    void whoLogsInIsToldOnceOfTheOwnKeysOfBothGenerations() throws Exception {
        try (XmppClient phone = XmppClient.connect(server(), "romeo", "phone")) {
            assertResult(ask(phone, publish(DEVICES, devices(7), OPEN), SOON));
            assertResult(ask(phone, publish(LEGACY, legacyList(7), OPEN), SOON));
        }
        for (int visit = 0; visit < 2; visit++) {
            try (XmppClient laptop = XmppClient.connectWanting(server(), "romeo", "laptop", WANTED)) {
                assertThat(HeardEvents.await(laptop, DEVICES, 1)).hasSize(1);
                assertThat(HeardEvents.await(laptop, LEGACY, 1)).hasSize(1);
                assertThat(HeardEvents.of(laptop, DEVICES).get(0).attributeValue("type"))
                        .isEqualTo("headline");
            }
        }
    }

    @Test
    void aStrangerWhoSubscribedHearsOnceAndLearnsNoResource() throws Exception {
        try (XmppClient mercutio = XmppClient.connect(server(), "mercutio", "phone");
                XmppClient stranger = XmppClient.connectWanting(server(), "stranger", "street", WANTED)) {
            assertResult(ask(mercutio, publish(DEVICES, devices(1), OPEN), SOON));
            assertResult(stranger.request(
                    "set",
                    "mercutio@" + HOME,
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='%s' jid='stranger@%s'/></pubsub>"
                            .formatted(DEVICES, HOME)));
            assertResult(ask(mercutio, publish(DEVICES, devices(1, 2), OPEN), SOON));

            List<Element> heard = HeardEvents.await(stranger, DEVICES, 1).stream()
                    .filter(event -> HeardEvents.payload(event).contains("\"2\""))
                    .toList();
            assertThat(heard).hasSize(1);
            assertThat(heard.get(0).asXML()).doesNotContain("mercutio@" + HOME + "/");
        }
    }

    @Test
    void othersNodesAreToldAsTheHostDoes() throws Exception {
        server().inside(Befriend.class, "benvolio", "tybalt");
        try (XmppClient benvolio = XmppClient.connect(server(), "benvolio", "phone");
                XmppClient tybalt = XmppClient.connectWanting(server(), "tybalt", "tower", WANTED)) {
            assertResult(ask(
                    benvolio,
                    publish(NICK, "<item id='current'><nick xmlns='" + NICK + "'>Ben</nick></item>", ""),
                    SOON));

            List<Element> heard = HeardEvents.await(tybalt, NICK, 1);
            assertThat(heard.get(0).attributeValue("type")).isNull();
        }
    }

    @Test
    void aStrangerElsewhereReadsTheKeysAndAContactElsewhereHearsOnce() throws Exception {
        OmemoDevice device = OmemoDevice.create(101);
        server().inside(Befriend.class, "paris", "kim@" + AWAY);
        OTHER.get().inside(Befriend.class, "kim", "paris@" + HOME);
        try (XmppClient kim = XmppClient.connectSilent(OTHER.get(), "kim", "phone");
                XmppClient paris = XmppClient.connect(server(), "paris", "phone")) {
            assertResult(ask(paris, publish(DEVICES, devices(101), OPEN), SOON));
            assertResult(ask(paris, publish(BUNDLES, device.item(), OPEN_AND_MAX), SOON));

            assertThat(HeardEvents.await(kim, DEVICES, 1)).hasSize(1);
            assertThat(HeardEvents.of(kim, DEVICES).get(0).attributeValue("type"))
                    .isEqualTo("headline");
            assertThat(read(kim, "paris@" + HOME, DEVICES)).hasSize(1);
            List<Element> bundles = read(kim, "paris@" + HOME, BUNDLES);
            assertThat(bundles).hasSize(1);
            assertThat(bundles.get(0).attributeValue("id")).isEqualTo("101");

            assertThat(kim.request("get", "paris@" + HOME, "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                            .toXML()
                            .toString())
                    .containsOnlyOnce("http://jabber.org/protocol/pubsub#config-node-max")
                    .containsOnlyOnce("http://jabber.org/protocol/pubsub#publish-options");
        }
    }

    private static ServerOptions users(ServerOptions options) {
        ServerOptions with = options;
        for (String name : List.of("romeo", "mercutio", "stranger", "benvolio", "tybalt", "paris")) {
            with = with.user(name, name + "-secret-1");
        }
        for (int contacts : List.of(0, 1, 200)) {
            with = with.user("owner" + contacts, "owner-secret-1").user("friend" + contacts, "friend-secret-1");
        }
        return with;
    }

    private static String legacyList(int id) {
        return "<item id='current'><list xmlns='eu.siacs.conversations.axolotl'><device id='" + id
                + "'/></list></item>";
    }

    private static void assertResult(IQ answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).as(answer.toXML().toString()).isEqualTo(IQ.Type.result);
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    private static ServerOptions federated(String domain, int firstPort) {
        String override = "{%s,127.0.0.1:%d},{%s,127.0.0.1:%d}".formatted(HOME, FREE.get(1), AWAY, FREE.get(4));
        return ServerOptions.defaults()
                .domain(domain)
                .ports(new Ports(FREE.get(firstPort), FREE.get(firstPort + 1), FREE.get(firstPort + 2)))
                .property("dnsutil.dnsOverride", override)
                .trust(Identity.selfSigned(HOME).chain().get(0))
                .trust(Identity.selfSigned(AWAY).chain().get(0))
                // Outgoing TLS 1.3 hangs on 4.2.0 with Java 17.
                .property("xmpp.socket.ssl.protocols", "TLSv1.2")
                .property("xmpp.server.read.timeout", "5000");
    }
}
