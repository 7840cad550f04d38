// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People who talk in secret, with two families of clients that know nothing of Bastion, in both generations of OMEMO. */
class OmemoConversationsE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .user("mercutio", "mercutio-secret-1")
            .user("benvolio", "benvolio-secret-1")
            .user("tybalt", "tybalt-secret-1")
            .user("paris", "paris-secret-1")
            .user("escalus", "escalus-secret-1")
            .bastion());

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONFIGURATION =
            """
            <query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>\
            <field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>\
            <field var='muc#roomconfig_persistentroom'><value>1</value></field>\
            <field var='muc#roomconfig_membersonly'><value>1</value></field>\
            <field var='muc#roomconfig_whois'><value>anyone</value></field></x></query>""";

    @TempDir
    private Path folder;

    @BeforeAll
    static void setUp() {
        SmackOmemo.setUp();
    }

    @AfterAll
    static void tearDown() {
        SmackOmemo.tearDown();
    }

    @Test
    void twoFamiliesTalkInTheLegacyGenerationAndWhatWasSaidMeanwhileIsRead() throws Exception {
        String romeo = address("romeo");
        String juliet = address("juliet");
        try (SmackOmemo smack = SmackOmemo.connect(SERVER.get(), "romeo", 101)) {
            try (PythonOmemo python = python("juliet", PythonOmemo.LEGACY)) {
                smack.say(juliet, "But soft");
                hears(python, PythonOmemo.LEGACY, romeo, "But soft");
                python.say(romeo, "Ay me");
                hears(smack, juliet, "Ay me");
            }
            smack.say(juliet, "She speaks");
        }
        try (PythonOmemo python = python("juliet", PythonOmemo.LEGACY)) {
            hears(python, PythonOmemo.LEGACY, romeo, "She speaks");
            python.say(romeo, "Wherefore art thou");
        }
        try (SmackOmemo smack = SmackOmemo.connect(SERVER.get(), "romeo", 101)) {
            hears(smack, juliet, "Wherefore art thou");
        }
    }

    @Test
    void omemoTwoIsSpokenToEveryDeviceAndWhatWasSaidMeanwhileIsRead() throws Exception {
        String mercutio = address("mercutio");
        String benvolio = address("benvolio");
        try (PythonOmemo phone = python("mercutio", PythonOmemo.OMEMO_2)) {
            try (PythonOmemo desk = python("benvolio", PythonOmemo.OMEMO_2);
                    PythonOmemo tablet = PythonOmemo.connect(
                            SERVER.get(), "benvolio", folder.resolve("tablet"), PythonOmemo.OMEMO_2)) {
                phone.say(benvolio, "Nay, gentle Romeo");
                hears(desk, PythonOmemo.OMEMO_2, mercutio, "Nay, gentle Romeo");
                desk.say(mercutio, "Part, fools");
                hears(phone, PythonOmemo.OMEMO_2, benvolio, "Part, fools");
                tablet.say(mercutio, "Put up your swords");
                hears(phone, PythonOmemo.OMEMO_2, benvolio, "Put up your swords");
            }
            phone.say(benvolio, "I dreamt a dream");
        }
        try (PythonOmemo desk = python("benvolio", PythonOmemo.OMEMO_2)) {
            hears(desk, PythonOmemo.OMEMO_2, mercutio, "I dreamt a dream");
        }
    }

    @Test
    void aRoomForMembersTalksInBothGenerations() throws Exception {
        String room = "vault@conference." + SERVER.get().domain();
        try (SmackOmemo tybalt = SmackOmemo.connect(SERVER.get(), "tybalt", 201);
                PythonOmemo paris = python("paris", PythonOmemo.LEGACY);
                PythonOmemo escalus = python("escalus", PythonOmemo.LEGACY, PythonOmemo.OMEMO_2)) {
            MultiUserChat vault = members(tybalt.client(), room, List.of("paris", "escalus"));
            paris.join(room, "Paris");
            await().atMost(PATIENCE).until(() -> vault.getOccupants().size() == 2);
            tybalt.say(vault, "What, drawn");
            hears(paris, PythonOmemo.LEGACY, address("tybalt"), "What, drawn");
            escalus.join(room, "Escalus");
            paris.sayIn(room, "Have at thee");
            hears(tybalt, address("paris"), "Have at thee");
            hears(escalus, PythonOmemo.LEGACY, address("paris"), "Have at thee");
            escalus.sayIn(room, "Rebellious subjects");
            hears(tybalt, address("escalus"), "Rebellious subjects");
            hears(paris, PythonOmemo.LEGACY, address("escalus"), "Rebellious subjects");
        }
        try (PythonOmemo paris = python("paris", PythonOmemo.LEGACY)) {
            paris.join(room, "Paris");
            paris.sayIn(room, "Anybody here");
            try (SmackOmemo tybalt = SmackOmemo.connect(SERVER.get(), "tybalt", 201)) {
                tybalt.join(room, "Tybalt");
                hears(tybalt, address("paris"), "Anybody here");
            }
        }
    }

    private static MultiUserChat members(XmppClient owner, String room, List<String> names) throws Exception {
        MultiUserChat chat = owner.createRoom(
                room,
                "Tybalt",
                names.stream().map(OmemoConversationsE2E::address).toList());
        IQ configured = owner.request("set", room, CONFIGURATION);
        assertThat(configured.getType()).as(configured.toXML().toString()).isEqualTo(IQ.Type.result);
        return chat;
    }

    private PythonOmemo python(String user, String... namespaces) throws Exception {
        return PythonOmemo.connect(SERVER.get(), user, folder.resolve(user), namespaces);
    }

    private static String address(String user) {
        return user + "@" + SERVER.get().domain();
    }

    private static void hears(SmackOmemo client, String sender, String text) {
        await().dontCatchUncaughtExceptions().atMost(PATIENCE).untilAsserted(() -> assertThat(client.heard())
                .as(client.client().text())
                .contains(sender + " " + text));
    }

    private static void hears(PythonOmemo client, String namespace, String sender, String text) {
        await().dontCatchUncaughtExceptions().atMost(PATIENCE).untilAsserted(() -> assertThat(client.heard())
                .as(client.toString())
                .contains(namespace + " " + sender + " " + text));
    }
}
