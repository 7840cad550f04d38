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
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.moderation.AuditRows;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.BastionJar;
import im.bastion.e2e.server.CentralDistribution;
import im.bastion.e2e.server.Distribution;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.UnpackedDistribution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What an Openfire 4.2.0 leaves behind, with Bastion and without, when its home is brought to a later release. */
@EnabledIfSystemProperty(
        named = "openfire.dir",
        matches = ".+",
        disabledReason = "the release to upgrade to is given with --openfire DIR; without it only 4.2.0 is at hand")
class OmemoUpgradeE2E {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LEGACY = "eu.siacs.conversations.axolotl.devicelist";
    private static final String LEGACY_BUNDLE = "eu.siacs.conversations.axolotl.bundles:501";
    private static final String LIST =
            "<item id='current'><list xmlns='eu.siacs.conversations.axolotl'><device id='7'/></list></item>";
    private static final String KEYS = "plugins/bastion/bastion-keys.jsp";
    private static final String MAX_DEVICES = "plugin.bastion.omemo.max-devices";

    private final UnpackedDistribution later = (UnpackedDistribution) Distribution.underTest();

    @TempDir
    private Path home;

    @TempDir
    private Path folder;

    private final OmemoDevice phone = OmemoDevice.create(101);
    private final OmemoDevice laptop = OmemoDevice.create(202);

    @BeforeAll
    static void setUp() {
        SmackOmemo.setUp();
    }

    @AfterAll
    static void tearDown() {
        SmackOmemo.tearDown();
    }

    @Test
    void keysDecisionsAndTheKeyLogOutliveTheUpgrade() throws Exception {
        Seen before;
        Path head;
        try (OpenfireServer old = new OpenfireServer(from(users().bastion())).start()) {
            old.setProperty(MAX_DEVICES, "7");
            old.inside(Befriend.class, "romeo", "mercutio");
            try (XmppClient romeo = XmppClient.connect(old, "romeo", "phone");
                    SmackOmemo tybalt = SmackOmemo.connect(old, "tybalt", 501);
                    SmackOmemo paris = SmackOmemo.connect(old, "paris", 601)) {
                assertResult(ask(romeo, publish(DEVICES, devices(101, 202, 303), OPEN), SOON));
                for (OmemoDevice device : List.of(phone, laptop, OmemoDevice.create(303))) {
                    assertResult(ask(romeo, publish(BUNDLES, device.item(), OPEN_AND_MAX), SOON));
                }
                paris.say("tybalt@" + old.domain(), "Of honourable reckoning are you both");
                await().atMost(PATIENCE).until(() -> !tybalt.heard().isEmpty());
            }
            decide(old, "revoke", 303);
            decide(old, "hide", 202);
            KeyLogFiles files = new KeyLogFiles(old, folder);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(files.verify(files.download("proof&account=romeo", "proof")))
                            .contains("DEVICE_REVOKED, device 303", "DEVICE_HIDDEN, device 202", "Everything holds."));
            head = files.download("head", "head-of-old");
            before = Seen.by(old);
        }
        later.upgrade(home);

        try (OpenfireServer now = new OpenfireServer(users().bastion().home(home)).start()) {
            assertThat(sweep(now, "dry")).doesNotContain("@");
            assertThat(Seen.by(now)).isEqualTo(before);
            assertThat(before.list()).hasSize(1);
            assertThat(before.bundles()).hasSize(2);
            assertThat(before.legacyBundle()).hasSize(1);
            assertThat(now.property(MAX_DEVICES)).isEqualTo("7");

            everybodyHearsOnce(now);
            theRevokedDeviceStaysAway(now);
            aConversationGoesOn(now);
            theLogContinues(now, head);
            assertThat(now.insidePlugin(SeamWalk.PLUGIN, List.of(), AuditRows.class))
                    .startsWith("whole")
                    .contains("device-revoked", "device-hidden");
        }
    }

    private static void everybodyHearsOnce(OpenfireServer now) throws Exception {
        List<String> wanted = List.of(DEVICES);
        try (XmppClient mercutio = XmppClient.connectWanting(now, "mercutio", "street", wanted);
                XmppClient romeo = XmppClient.connectWanting(now, "romeo", "phone", wanted);
                XmppClient desk = XmppClient.connectWanting(now, "romeo", "desk", wanted)) {
            assertThat(HeardEvents.await(desk, DEVICES, 1)).hasSize(1);
            int contact = HeardEvents.await(mercutio, DEVICES, 1).size();
            int own = HeardEvents.await(romeo, DEVICES, 1).size();

            assertResult(ask(romeo, publish(DEVICES, devices(101, 202, 404), OPEN), SOON));

            assertThat(HeardEvents.await(desk, DEVICES, 2)).hasSize(2);
            assertThat(HeardEvents.await(romeo, DEVICES, own + 1)).hasSize(own + 1);
            assertThat(HeardEvents.await(mercutio, DEVICES, contact + 1)).hasSize(contact + 1);
        }
    }

    private static void theRevokedDeviceStaysAway(OpenfireServer now) throws Exception {
        try (XmppClient lost = XmppClient.connect(now, "romeo", "lost")) {
            IQ refused = ask(lost, publish(BUNDLES, OmemoDevice.create(303).item(), OPEN_AND_MAX), SOON);
            assertThat(refused.toXML().toString()).contains("policy-violation", "has been revoked");
        }
    }

    /** With the sessions and keys from before, in both directions. */
    private static void aConversationGoesOn(OpenfireServer now) throws Exception {
        try (SmackOmemo tybalt = SmackOmemo.connect(now, "tybalt", 501);
                SmackOmemo paris = SmackOmemo.connect(now, "paris", 601)) {
            tybalt.say("paris@" + now.domain(), "Peace? I hate the word");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(paris.heard())
                    .contains("tybalt@" + now.domain() + " Peace? I hate the word"));
            paris.say("tybalt@" + now.domain(), "Younger than she");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(tybalt.heard())
                    .contains("paris@" + now.domain() + " Younger than she"));
        }
    }

    private void theLogContinues(OpenfireServer now, Path head) throws Exception {
        KeyLogFiles files = new KeyLogFiles(now, folder);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        files.verify(files.download("proof&account=romeo", "proof")))
                .contains("DEVICE_LISTED, device 101", "DEVICE_REVOKED, device 303", "DEVICE_LISTED, device 404")
                .contains("Everything holds."));
        assertThat(files.verify(files.download("log", "log"), "--earlier", head, "--account", folder.resolve("proof")))
                .contains("the log continues the head of", "Everything holds.");
        try (XmppClient juliet = XmppClient.connect(now, "juliet", "balcony")) {
            assertThat(read(juliet, "pubsub." + now.domain(), "urn:bastion:keylog:heads"))
                    .isNotEmpty();
        }
    }

    @Test
    void theSweepRepairsWhatAServerWithoutBastionHasMade() throws Exception {
        try (OpenfireServer old = new OpenfireServer(from(users())).start();
                XmppClient romeo = XmppClient.connect(old, "romeo", "phone");
                XmppClient tybalt = XmppClient.connect(old, "tybalt", "phone");
                XmppClient paris = XmppClient.connect(old, "paris", "phone")) {
            assertResult(ask(romeo, publish(DEVICES, devices(101, 202), OPEN), SOON));
            assertResult(ask(romeo, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(tybalt, publish(LEGACY, LIST, ""), SOON));
            assertResult(ask(tybalt, configure(LEGACY, "persist_items=1", "max_items=5"), SOON));
            assertResult(ask(paris, publish(LEGACY, LIST, ""), SOON));
            assertResult(ask(paris, configure(LEGACY, "access_model=whitelist"), SOON));
        }
        later.upgrade(home);

        try (OpenfireServer now = new OpenfireServer(users().home(home)).start();
                XmppClient stranger = XmppClient.connect(now, "juliet", "balcony");
                XmppClient romeo = XmppClient.connect(now, "romeo", "phone");
                XmppClient tybalt = XmppClient.connect(now, "tybalt", "phone")) {
            String address = "romeo@" + now.domain();
            now.installPlugin(BastionJar.path());
            assertThat(read(stranger, address, DEVICES)).isNull();

            assertThat(sweep(now, "dry"))
                    .contains(
                            address + " " + DEVICES + " CHANGED",
                            address + " " + BUNDLES + " CHANGED",
                            "tybalt@" + now.domain() + " " + LEGACY + " CHANGED",
                            "paris@" + now.domain() + " " + LEGACY + " LEFT");
            assertThat(read(stranger, address, DEVICES)).isNull();
            sweep(now, "");

            assertThat(sweep(now, "dry")).doesNotContain("CHANGED");
            // 4.2.0 kept no more than the nodes; clients publish again what they do not find.
            assertThat(read(stranger, address, BUNDLES)).isEmpty();
            assertResult(ask(romeo, publish(BUNDLES, phone.item(), OPEN_AND_MAX), SOON));
            assertResult(ask(romeo, publish(BUNDLES, laptop.item(), OPEN_AND_MAX), SOON));
            assertThat(read(stranger, address, BUNDLES)).hasSize(2);
            assertResult(ask(tybalt, publish(LEGACY, LIST, ""), SOON));
            assertThat(read(stranger, "tybalt@" + now.domain(), LEGACY)).hasSize(1);
            assertThat(read(stranger, "paris@" + now.domain(), LEGACY)).isNull();
        }
    }

    /** What a stranger sees of romeo's keys and of a bundle of tybalt's, and a new device of romeo's of its own account. */
    private record Seen(
            List<String> list,
            List<String> bundles,
            List<String> legacyBundle,
            List<String> ownList,
            List<String> ownBundles) {
        static Seen by(OpenfireServer server) throws Exception {
            String romeo = "romeo@" + server.domain();
            String tybalt = "tybalt@" + server.domain();
            try (XmppClient stranger = XmppClient.connect(server, "juliet", "balcony");
                    XmppClient desk = XmppClient.connect(server, "romeo", "desk")) {
                return new Seen(
                        texts(read(stranger, romeo, DEVICES)),
                        texts(read(stranger, romeo, BUNDLES)),
                        texts(read(stranger, tybalt, LEGACY_BUNDLE)),
                        texts(read(desk, null, DEVICES)),
                        texts(read(desk, null, BUNDLES)));
            }
        }
    }

    private ServerOptions from(ServerOptions options) {
        return options.distribution(new CentralDistribution()).home(home);
    }

    private static ServerOptions users() {
        ServerOptions with = ServerOptions.defaults();
        for (String name : List.of("romeo", "juliet", "mercutio", "tybalt", "paris")) {
            with = with.user(name, name + "-secret-1");
        }
        return with;
    }

    private static void decide(OpenfireServer server, String action, int device) throws IOException {
        AdminSession admin = server.admin();
        String page = KEYS + "?account=romeo";
        assertThat(admin.post(
                                KEYS,
                                Map.of(
                                        "action",
                                        action,
                                        "account",
                                        "romeo",
                                        "device",
                                        String.valueOf(device),
                                        "csrf",
                                        admin.get(page).field("csrf")))
                        .status())
                .isEqualTo(200);
    }

    private static String sweep(OpenfireServer server, String how) throws IOException {
        return server.insidePlugin(SeamWalk.PLUGIN, List.of(), SweepNodes.class, how);
    }

    private static List<String> texts(List<Element> items) {
        return items.stream().map(Element::asXML).sorted().toList();
    }

    private static void assertResult(IQ answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).as(answer.toXML().toString()).isEqualTo(IQ.Type.result);
    }
}
