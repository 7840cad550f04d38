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
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices of an account on a real server: two that come at once, one without keys, one that is lost. */
class OmemoDevicesE2E {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String LEGACY = "eu.siacs.conversations.axolotl.devicelist";
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String GRACE = "plugin.bastion.omemo.orphan-grace";
    private static final int ROUNDS = 6;

    @RegisterExtension
    static final ServerUnderTest GUARDED = ServerUnderTest.own(ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .user("mercutio", "mercutio-secret-1")
            .user("benvolio", "benvolio-secret-1")
            .user("tybalt", "tybalt-secret-1")
            .bastion());

    /** The devices of other tests come without keys, and must not be hidden for that. */
    @BeforeEach
    void patience() throws Exception {
        GUARDED.get().setProperty(GRACE, "3600");
    }

    @Test
    void twoDevicesThatAnnounceThemselvesAtOnceAreBothListed() throws Exception {
        try (XmppClient phone = XmppClient.connect(GUARDED.get(), "romeo", "phone");
                XmppClient laptop = XmppClient.connect(GUARDED.get(), "romeo", "laptop")) {
            for (int round = 1; round <= ROUNDS; round++) {
                boolean legacy = round % 2 == 0;
                String node = legacy ? LEGACY : DEVICES;
                List<Integer> before = new ArrayList<>(listed(phone, null, node));
                int first = 1_000 + round;
                int second = 2_000 + round;
                CyclicBarrier start = new CyclicBarrier(2);
                CompletableFuture<IQ> one = announce(phone, node, with(before, first), start);
                CompletableFuture<IQ> two = announce(laptop, node, with(before, second), start);
                assertResult(one.get());
                assertResult(two.get());

                await().atMost(SOON).untilAsserted(() -> assertThat(listed(phone, null, node))
                        .containsAll(before)
                        .contains(first, second));
            }
        }
    }

    @Test
    void aDeviceThatHasSeenTheOthersMayTakeThemOff() throws Exception {
        try (XmppClient phone = XmppClient.connect(GUARDED.get(), "mercutio", "phone");
                XmppClient laptop = XmppClient.connect(GUARDED.get(), "mercutio", "laptop")) {
            assertResult(ask(phone, publish(DEVICES, devices(1, 2), OPEN), SOON));
            await().atMost(SOON).untilAsserted(() -> assertThat(listed(laptop, null, DEVICES))
                    .containsExactlyInAnyOrder(1, 2));

            assertResult(ask(laptop, publish(DEVICES, devices(2), OPEN), SOON));

            await().atMost(SOON).untilAsserted(() -> assertThat(listed(phone, null, DEVICES))
                    .containsExactly(2));
        }
    }

    @Test
    void anOrphanIsHiddenFromReadersUntilItHasKeys() throws Exception {
        GUARDED.get().setProperty(GRACE, "10");
        String owner = "benvolio@" + GUARDED.get().domain();
        try (XmppClient phone = XmppClient.connect(GUARDED.get(), "benvolio", "phone");
                XmppClient laptop = XmppClient.connect(GUARDED.get(), "benvolio", "laptop");
                XmppClient reader = XmppClient.connect(GUARDED.get(), "juliet", "balcony")) {
            assertResult(ask(phone, publish(BUNDLES, OmemoDevice.create(11).item(), OPEN_AND_MAX), SOON));
            assertResult(ask(phone, publish(DEVICES, devices(11, 22), OPEN), SOON));
            await().atMost(SOON).untilAsserted(() -> assertThat(listed(reader, owner, DEVICES))
                    .hasSize(2));

            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(listed(reader, owner, DEVICES))
                    .containsExactly(11));
            assertThat(listed(laptop, null, DEVICES)).containsExactlyInAnyOrder(11, 22);

            assertResult(ask(laptop, publish(BUNDLES, OmemoDevice.create(22).item(), OPEN_AND_MAX), SOON));
            await().atMost(SOON).untilAsserted(() -> assertThat(listed(reader, owner, DEVICES))
                    .containsExactlyInAnyOrder(11, 22));
        }
    }

    @Test
    void aLostDeviceIsRevokedByACommandAndStaysAway() throws Exception {
        OpenfireServer server = GUARDED.get();
        String owner = "tybalt@" + server.domain();
        try (XmppClient phone = XmppClient.connect(server, "tybalt", "phone");
                XmppClient lost = XmppClient.connect(server, "tybalt", "lost");
                XmppClient reader = XmppClient.connect(server, "juliet", "garden")) {
            assertResult(ask(phone, publish(BUNDLES, OmemoDevice.create(31).item(), OPEN_AND_MAX), SOON));
            assertResult(ask(phone, publish(DEVICES, devices(31), OPEN), SOON));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(listed(lost, null, DEVICES)).containsExactly(31));
            OmemoDevice keys = OmemoDevice.create(32);
            assertResult(ask(lost, publish(BUNDLES, keys.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(lost, publish(DEVICES, devices(31, 32), OPEN), SOON));

            Message question = (Message) phone.await(stanza -> stanza instanceof Message message
                    && message.getBody() != null
                    && message.getBody().contains("32"));
            assertThat(question.getBody()).contains("Was this you?").contains("added by lost");
            assertThat(commandsOf(phone, server.domain())).contains("urn:bastion:account:revoke-device");
            assertThat(commandsOf(phone, null)).contains("urn:bastion:account:revoke-device");
            assertThat(revoke(phone, server.domain(), 32)).contains("is revoked");

            assertThat(listed(reader, owner, DEVICES)).containsExactly(31);
            assertThat(read(reader, owner, BUNDLES))
                    .extracting(item -> item.attributeValue("id"))
                    .containsExactly("31");
            for (String again :
                    List.of(publish(DEVICES, devices(31, 32), OPEN), publish(BUNDLES, keys.item(), OPEN_AND_MAX))) {
                IQ refused = ask(lost, again, SOON);
                assertThat(refused.toXML().toString())
                        .contains("policy-violation")
                        .contains("has been revoked");
            }
            server.stop();
            server.start();
        }
        try (XmppClient lost = XmppClient.connect(server, "tybalt", "lost")) {
            IQ refused = ask(lost, publish(DEVICES, devices(31, 32), OPEN), SOON);
            assertThat(refused.toXML().toString()).contains("policy-violation");
            assertThat(listed(lost, null, DEVICES)).containsExactly(31);
        }
    }

    @Test
    void whatNoClientCouldUseIsRefusedWithItsField() throws Exception {
        try (XmppClient mercutio = XmppClient.connect(GUARDED.get(), "mercutio", "tablet")) {
            String forged = OmemoDevice.create(41).item().replaceAll("<spks>....", "<spks>AAAA");

            IQ refused = ask(mercutio, publish(BUNDLES, forged, OPEN_AND_MAX), SOON);

            assertThat(refused.toXML().toString())
                    .contains("bad-request")
                    .contains("invalid-payload")
                    .contains("spks is not a signature of spk by ik");
        }
    }

    private static CompletableFuture<IQ> announce(
            XmppClient client, String node, List<Integer> devices, CyclicBarrier start) {
        String item = node.equals(LEGACY)
                ? devices(devices.stream().mapToInt(i -> i).toArray())
                        .replace("devices", "list")
                        .replace("urn:xmpp:omemo:2", "eu.siacs.conversations.axolotl")
                : devices(devices.stream().mapToInt(i -> i).toArray());
        return CompletableFuture.supplyAsync(() -> {
            try {
                start.await();
                return ask(client, publish(node, item, OPEN), SOON);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static List<Integer> with(List<Integer> before, int device) {
        List<Integer> all = new ArrayList<>(before);
        all.add(device);
        return all;
    }

    private static Set<Integer> listed(XmppClient reader, String owner, String node) throws Exception {
        List<Element> items = read(reader, owner, node);
        OmemoGeneration generation = node.equals(LEGACY) ? OmemoGeneration.LEGACY : OmemoGeneration.OMEMO_2;
        Set<Integer> ids = new HashSet<>();
        if (items != null) {
            items.forEach(
                    item -> ids.addAll(ListMerge.ids(generation, item.elements().get(0))));
        }
        return ids;
    }

    private static String commandsOf(XmppClient client, String where) throws Exception {
        return client.request(
                        "get", where, "<query xmlns='http://jabber.org/protocol/disco#items' node='" + COMMANDS + "'/>")
                .toXML()
                .toString();
    }

    private static String revoke(XmppClient client, String where, int device) throws Exception {
        String command = "<command xmlns='%s' node='urn:bastion:account:revoke-device' action='%s'>%s</command>";
        String form = client.request("set", where, command.formatted(COMMANDS, "execute", ""))
                .toXML()
                .toString();
        assertThat(form).contains("<value>" + device + "</value>");
        String filled = "<x xmlns='jabber:x:data' type='submit'><field var='device'><value>" + device
                + "</value></field><field var='sessions'><value>no</value></field></x>";
        return client.request("set", where, command.formatted(COMMANDS, "complete", filled))
                .toXML()
                .toString();
    }

    private static void assertResult(IQ answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).as(answer.toXML().toString()).isEqualTo(IQ.Type.result);
    }
}
