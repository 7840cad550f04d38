// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.moderation.AuditRows;
import im.bastion.e2e.moderation.DefineRule;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.Ports;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.encryption.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What senders on this server and on another meet where encryption is required of a person, of a room, of a domain, and
 * where it is only warned of.
 */
class EncryptionPolicyE2E {
    private static final String HOME = "policy.test";
    private static final String AWAY = "away.test";
    private static final String MODE = "plugin.bastion.encryption.mode";
    private static final String REQUIRE = "\"schemes\":{\"omemo-2\":\"require\",\"omemo-legacy\":\"require\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LIST =
            """
            <pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:omemo:2:devices'>\
            <item id='current'><devices xmlns='urn:xmpp:omemo:2'><device id='101'/></devices></item></publish>\
            <publish-options><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'>\
            <value>http://jabber.org/protocol/pubsub#publish-options</value></field>\
            <field var='pubsub#access_model'><value>open</value></field></x></publish-options></pubsub>""";
    private static final List<Integer> FREE = FreePorts.on("127.0.0.1", 6);

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(federated(HOME, 0)
            .bastion()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .user("nurse", "nurse-secret-1")
            .user("paris", "paris-secret-1")
            .user("balthasar", "balthasar-secret-1")
            .user("rosaline", "rosaline-secret-1")
            .property(MODE, "enforce"));

    @RegisterExtension
    static final ServerUnderTest OTHER = ServerUnderTest.own(federated(AWAY, 3).user("kim", "kim-secret-1"));

    private static final String ROOM = "den@conference." + HOME;
    private static final String JULIET = "juliet@" + HOME;
    private static final String BALTHASAR = "balthasar@" + HOME;

    private static XmppClient romeo;
    private static XmppClient juliet;
    private static XmppClient nurse;
    private static XmppClient kim;

    @BeforeAll
    static void furnish() throws Exception {
        rule("juliet", "ENFORCE", "{\"users\":[\"" + JULIET + "\"]," + REQUIRE + "}");
        rule("away-people", "ENFORCE", "{\"users\":[\"" + BALTHASAR + "\"]," + REQUIRE + "}");
        rule("den", "ENFORCE", "{\"rooms\":[\"" + ROOM + "\"]," + REQUIRE + "}");
        rule("away", "ENFORCE", "{\"domains\":[\"" + AWAY + "\"],\"except\":[\"nurse@" + HOME + "\"]," + REQUIRE + "}");
        rule("nurse", "ENFORCE", "{\"users\":[\"nurse@" + HOME + "\"],\"action\":\"warn\"," + REQUIRE + "}");
        romeo = XmppClient.connect(SERVER.get(), "romeo", "phone");
        juliet = XmppClient.connect(SERVER.get(), "juliet", "desk");
        nurse = XmppClient.connect(SERVER.get(), "nurse", "desk");
        kim = XmppClient.connect(OTHER.get(), "kim", "phone");
        romeo.createRoom(ROOM, "Romeo", List.of());
        juliet.join(ROOM, "Juliet");
        kim.join(ROOM, "Kim");
        // Rules that another node defined come with a delay.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            String id = romeo.sendMessage(ROOM, "groupchat", "mark");
            return answer(romeo, id).getType() == Message.Type.error;
        });
    }

    @AfterAll
    static void leave() {
        List.of(romeo, juliet, nurse, kim).forEach(XmppClient::close);
    }

    @BeforeEach
    void enforce() throws Exception {
        SERVER.get().setProperty(MODE, "enforce");
        List.of(romeo, juliet, nurse, kim).forEach(XmppClient::forget);
    }

    @Test
    void clearTextIsRefusedOnceAndTheSenderReadsWhy() throws Exception {
        String id = romeo.sendMessage(JULIET, "chat", "noon");

        StanzaError error = refusal(romeo, id);
        assertThat(error.getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
        assertThat(error.getDescriptiveText("en"))
                .contains("Not delivered", HOME + " requires", "OMEMO", "encryption.juliet", "Switch on");
        romeo.sync();
        assertThat(answers(romeo, id)).hasSize(1);
        juliet.sync();
        assertThat(heard(juliet, "noon")).isFalse();
    }

    @Test
    void anEncryptedMessageArrivesAsItWasSent() throws Exception {
        for (String payload : List.of(Sample.omemo2(), Sample.legacy() + Sample.body(Sample.NOTICE))) {
            Stanza arrived = juliet.await(withId(say(romeo, JULIET, "chat", payload)));
            assertThat(arrived.toXML().toString()).contains(Sample.KEY);
        }
    }

    @Test
    void clearTextBesideAnEncryptedMessageIsRefused() throws Exception {
        String id = say(romeo, JULIET, "chat", Sample.omemo2() + Sample.body("noon"));

        assertThat(refusal(romeo, id).getDescriptiveText("en")).contains("everybody can read its text");
    }

    @Test
    void inTheRoomClearTextIsRefusedAndEncryptedMessagesAreHeardByAll() throws Exception {
        String clear = romeo.sendMessage(ROOM, "groupchat", "noon");
        assertThat(refusal(romeo, clear).getDescriptiveText("en")).contains("encryption.den");
        assertThat(answer(romeo, clear).getFrom().toString()).isEqualTo(ROOM);

        String id = say(romeo, ROOM, "groupchat", Sample.legacy() + Sample.body(Sample.NOTICE));
        juliet.await(withId(id));
        kim.await(withId(id));
        romeo.await(withId(id));
        assertThat(heard(juliet, "noon")).isFalse();
    }

    @Test
    void aPrivateMessageInTheRoomIsHeldToTheRoomsRule() throws Exception {
        String id = romeo.sendMessage(ROOM + "/Juliet", "chat", "noon");

        assertThat(refusal(romeo, id).getDescriptiveText("en")).contains("encryption.den");
    }

    @Test
    void aSenderElsewhereMeetsTheSameInThePersonsChatAndInTheRoom() throws Exception {
        for (String to : List.of(JULIET, ROOM)) {
            String type = to.equals(ROOM) ? "groupchat" : "chat";
            String id = kim.sendMessage(to, type, "noon");
            assertThat(refusal(kim, id).getDescriptiveText("en")).contains("Not delivered", "encryption.");
            juliet.await(withId(say(kim, to, type, Sample.omemo2())));
        }
        assertThat(heard(juliet, "noon")).isFalse();
        assertThat(kim.received().stream().filter(stanza -> stanza.getError() != null))
                .hasSize(2);
    }

    @Test
    void whatGoesToTheOtherServerIsHeldToTheDomainsRule() throws Exception {
        String id = romeo.sendMessage("kim@" + AWAY, "chat", "noon");
        assertThat(refusal(romeo, id).getDescriptiveText("en")).contains("encryption.away");

        kim.await(withId(say(romeo, kim.jid(), "chat", Sample.omemo2())));
        kim.await(withId(nurse.sendMessage(kim.jid(), "chat", "excepted")));
    }

    @Test
    void whereItOnlyWarnsTheMessageArrivesAndTheSenderIsToldOnce() throws Exception {
        try (XmppClient paris = XmppClient.connect(SERVER.get(), "paris", "phone")) {
            nurse.await(withId(paris.sendMessage("nurse@" + HOME, "chat", "first")));
            nurse.await(withId(paris.sendMessage("nurse@" + HOME, "chat", "second")));

            Message told = (Message) paris.await(EncryptionPolicyE2E::isFromTheServer);
            assertThat(told.getType()).isNotEqualTo(Message.Type.error);
            assertThat(told.getBody())
                    .contains("Your message to nurse@" + HOME + " was delivered, but", "OMEMO", "encryption.nurse");
            paris.sync();
            assertThat(paris.received())
                    .filteredOn(EncryptionPolicyE2E::isFromTheServer)
                    .hasSize(1);
        }
    }

    @Test
    void aClientOfAnotherFamilyReadsWhyInTheChatAndInTheRoom() throws Exception {
        assertThat(Slixmpp.run(server(), "slixmpp_chat.py", "paris", JULIET, "noon", ""))
                .startsWith("ERROR policy-violation Not delivered: " + HOME + " requires")
                .contains("OMEMO", "encryption.juliet", "Switch on");
        assertThat(Slixmpp.run(server(), "slixmpp_room.py", "paris", ROOM, "Paris", "noon"))
                .startsWith("ERROR policy-violation Not delivered")
                .contains("encryption.den");
        assertThat(Slixmpp.run(server(), "slixmpp_chat.py", "paris", JULIET, Sample.NOTICE, Sample.legacy()))
                .isEqualTo("NOTHING came back");
        juliet.await(stanza -> stanza.toXML().toString().contains(Sample.KEY));
        assertThat(heard(juliet, "noon")).isFalse();
    }

    @Test
    void controlTrafficPasses() throws Exception {
        List<String> control = List.of(
                "<composing xmlns='http://jabber.org/protocol/chatstates'/>",
                "<received xmlns='urn:xmpp:receipts' id='m0'/>",
                "<displayed xmlns='urn:xmpp:chat-markers:0' id='m0'/>",
                "<propose xmlns='urn:xmpp:jingle-message:0' id='c1'/>",
                "<x xmlns='jabber:x:conference' jid='" + ROOM + "'/>",
                "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>");
        for (String child : control) {
            juliet.await(withId(say(romeo, JULIET, "chat", child)));
        }
        assertThat(romeo.received()).noneMatch(stanza -> stanza.getError() != null);
    }

    @Test
    void aRetractionArrivesWithoutTheWordsBesideIt() throws Exception {
        String id = say(
                romeo, JULIET, "chat", "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>" + Sample.body("noon"));

        Message arrived = (Message) juliet.await(withId(id));
        assertThat(arrived.getBody()).isNull();
        assertThat(arrived.toXML().toString()).contains("urn:xmpp:message-retract:1");
    }

    @Test
    void anErrorToAnErrorIsNeverSent() throws Exception {
        String id = say(romeo, JULIET, "error", Sample.body("noon"));
        romeo.sync();

        assertThat(answers(romeo, id)).isEmpty();
    }

    @Test
    void theSendersOtherClientsGetTheirCopies() throws Exception {
        try (XmppClient laptop = XmppClient.connect(SERVER.get(), "romeo", "laptop")) {
            laptop.request("set", null, "<enable xmlns='urn:xmpp:carbons:2'/>");
            say(romeo, JULIET, "chat", Sample.legacy() + Sample.body(Sample.NOTICE));
            laptop.await(stanza -> stanza.toXML().toString().contains("urn:xmpp:carbons:2"));
        }
    }

    @Test
    void aMessageForSomebodyAwayIsDeliveredLater() throws Exception {
        String id = say(romeo, BALTHASAR, "chat", Sample.legacy() + Sample.body(Sample.NOTICE));
        String clear = romeo.sendMessage(BALTHASAR, "chat", "noon");
        assertThat(refusal(romeo, clear).getDescriptiveText("en")).contains("encryption.away-people");
        try (XmppClient balthasar = XmppClient.connect(SERVER.get(), "balthasar", "phone")) {
            balthasar.await(withId(id));
        }
    }

    @Test
    void theListOfAForbiddenGenerationIsEmptiedAndComesBackWithItsPermission() throws Exception {
        String body = "{\"users\":[\"rosaline@" + HOME + "\"],\"schemes\":{\"omemo-2\":\"forbid\"}}";
        try (XmppClient rosaline = XmppClient.connect(SERVER.get(), "rosaline", "phone")) {
            assertThat(rosaline.request("set", null, LIST).getType()).isEqualTo(IQ.Type.result);
            assertThat(listOfRosaline()).contains("device ");

            rule("rosaline", "ENFORCE", body);
            awaitRosaline(list -> !list.contains("device "));
            rosaline.await(stanza -> isFromTheServer(stanza)
                    && ((Message) stanza).getBody().contains("does not permit OMEMO 2 for this account"));
            IQ refused = rosaline.request("set", null, LIST);
            assertThat(refused.getError().getCondition()).isEqualTo(StanzaError.Condition.policy_violation);

            rule("rosaline", "OFF", body);
            awaitRosaline(list -> list.contains("device "));
        }
    }

    @Test
    void observingDeliversAndWritesDownWhatWouldHaveBeenDoneWithoutNames() throws Exception {
        SERVER.get().setProperty(MODE, "observe");
        juliet.await(withId(romeo.sendMessage(JULIET, "chat", "noon")));

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(audited())
                .anyMatch(
                        line -> line.startsWith("encryption message-refused OBSERVE bastion " + HOME + " to " + HOME)));
        assertThat(audited())
                .filteredOn(line -> line.startsWith("encryption message"))
                .noneMatch(line -> line.contains("noon") || line.contains("romeo@"));
    }

    private static void awaitRosaline(Predicate<String> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(EncryptionPolicyE2E::listOfRosaline, condition);
    }

    private static String listOfRosaline() throws Exception {
        return romeo.request(
                        "get",
                        "rosaline@" + HOME,
                        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:omemo:2:devices'/></pubsub>")
                .toXML()
                .toString();
    }

    private static String say(XmppClient client, String to, String type, String children) throws Exception {
        String id = XmppClient.nextId();
        client.send("<message id='%s' to='%s' type='%s'>%s</message>".formatted(id, to, type, children));
        return id;
    }

    private static void rule(String name, String mode, String body) throws Exception {
        server().insidePlugin(BoundHost.PLUGIN, List.of(), DefineRule.class, "encryption." + name, mode, body);
    }

    private static List<String> audited() throws Exception {
        return server().insidePlugin(BoundHost.PLUGIN, List.of(), AuditRows.class)
                .lines()
                .toList();
    }

    private static StanzaError refusal(XmppClient sender, String id) throws InterruptedException {
        Message answer = answer(sender, id);
        assertThat(answer.getError()).as(answer.toXML().toString()).isNotNull();
        return answer.getError();
    }

    private static Message answer(XmppClient sender, String id) throws InterruptedException {
        return (Message) sender.await(withId(id));
    }

    private static List<Stanza> answers(XmppClient sender, String id) {
        return sender.received().stream().filter(withId(id)).toList();
    }

    private static Predicate<Stanza> withId(String id) {
        return stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId());
    }

    private static boolean isFromTheServer(Stanza stanza) {
        return stanza instanceof Message && HOME.equals(String.valueOf(stanza.getFrom()));
    }

    private static boolean heard(XmppClient client, String body) {
        return client.received().stream()
                .anyMatch(stanza -> stanza instanceof Message message && body.equals(message.getBody()));
    }

    private static ServerOptions federated(String domain, int firstPort) {
        String override = "{%1$s,127.0.0.1:%3$d},{conference.%1$s,127.0.0.1:%3$d},{%2$s,127.0.0.1:%4$d}"
                .formatted(HOME, AWAY, FREE.get(1), FREE.get(4));
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

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
