// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static im.bastion.e2e.omemo.PepDialogue.BUNDLES;
import static im.bastion.e2e.omemo.PepDialogue.DEVICES;
import static im.bastion.e2e.omemo.PepDialogue.OPEN;
import static im.bastion.e2e.omemo.PepDialogue.OPEN_AND_MAX;
import static im.bastion.e2e.omemo.PepDialogue.ask;
import static im.bastion.e2e.omemo.PepDialogue.devices;
import static im.bastion.e2e.omemo.PepDialogue.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.Chromium;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * The key log of a real server: what clients publish is found in its files, which the verifier checks with nothing but the
 * plugin's own jar; the devices and the doctor in a real browser.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyLogE2E {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .user("mercutio", "mercutio-secret-1")
            .bastion());

    @TempDir
    private Path folder;

    private final OpenfireServer server = SERVER.get();
    private KeyLogFiles files;

    @BeforeEach
    void setUp() {
        files = new KeyLogFiles(server, folder);
    }

    @Test
    @Order(1)
    void whatClientsPublishIsLoggedPublishedAndVerified() throws Exception {
        try (XmppClient romeo = XmppClient.connect(server, "romeo", "phone")) {
            published(romeo, DEVICES, devices(101, 202), OPEN);
            published(romeo, BUNDLES, OmemoDevice.create(101).item(), OPEN_AND_MAX);
            Path early = files.awaitHead(4, "early");
            published(romeo, BUNDLES, OmemoDevice.create(101).item(), OPEN_AND_MAX);
            published(romeo, DEVICES, devices(101), OPEN);
            files.awaitHead(6, "late");

            Path log = files.download("log", "log");
            Path proof = files.download("proof&account=romeo&since=4", "proof");
            assertThat(files.verify(log, "--earlier", early, "--account", proof))
                    .contains("the file has the 6 leaves", "the log continues the head of 4 leaves")
                    .contains("all 5 events of romeo@" + server.domain() + " are in the log as they are told")
                    .contains("Everything holds.");
            assertThat(files.verify(proof, "--earlier", early))
                    .contains(
                            "DEVICE_LISTED, device 202", "IDENTITY_CHANGED, device 101", "DEVICE_UNLISTED, device 202")
                    .contains("by romeo@" + server.domain() + "/phone", "Everything holds.");
            assertThat(Files.readString(log)).doesNotContain("romeo");
        }
    }

    @Test
    @Order(2)
    void anybodyCanReadTheHeadsThatTheServerPublishes() throws Exception {
        try (XmppClient juliet = XmppClient.connect(server, "juliet", "balcony")) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                IQ answer = juliet.request(
                        "get",
                        "pubsub." + server.domain(),
                        "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                                + "<items node='urn:bastion:keylog:heads'/></pubsub>");
                assertThat(answer.toXML().toString()).contains(server.domain() + "/omemo-keys", "time 20");
            });
            IQ refused = juliet.request(
                    "set",
                    "pubsub." + server.domain(),
                    publish(
                            "urn:bastion:keylog:heads",
                            "<item id='1'><head xmlns='urn:bastion:keylog:0'/></item>",
                            ""));
            assertThat(refused.getType()).isEqualTo(IQ.Type.error);
        }
    }

    @Test
    @Order(3)
    void aNewStartGoesOnAndAKillLeavesNoHeadWithoutItsLeaves() throws Exception {
        Path before = files.download("head", "before");
        try (XmppClient mercutio = XmppClient.connect(server, "mercutio", "phone")) {
            published(mercutio, DEVICES, devices(7), OPEN);
            server.kill();
        }
        server.start();
        try (XmppClient mercutio = XmppClient.connect(server, "mercutio", "phone")) {
            published(mercutio, DEVICES, devices(7, 8), OPEN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(files.verify(files.download("proof&account=mercutio", "proof")))
                            .contains("device 7 of", "device 8 of", "Everything holds."));
            assertThat(files.verify(files.download("log", "log"), "--earlier", before))
                    .contains("Everything holds.");
        }
    }

    @Test
    @Order(4)
    void theDevicesAndTheDoctorAreShownInTheConsole() throws Exception {
        try (Chromium browser = Chromium.start()
                .logIn(
                        server.console(),
                        ServerOptions.ADMIN,
                        server.options().users().get(ServerOptions.ADMIN))) {
            for (int width : new int[] {1280, 360}) {
                browser.width(width).open(server.console().resolve(page("keys") + "?account=romeo"));
                assertThat(browser.text()).contains("Devices of romeo@", "100 prekeys", "Identity key changed");
                assertThat(browser.find(By.className("bastion-fingerprint")).getText())
                        .matches("(?s)[0-9a-f]{8}(\\s[0-9a-f]{8}){7}");
                fits(browser, width, "keys-of-romeo");

                browser.open(server.console().resolve(page("doctor") + "?from=juliet&to=romeo"));
                assertThat(browser.text()).contains("No device was ever announced.", "It cannot work before");
                fits(browser, width, "doctor-pair");

                browser.open(server.console().resolve(page("omemo")));
                assertThat(browser.text()).contains(server.domain() + "/omemo-keys", "Download the log");
                browser.press(By.id("count-now"));
                assertThat(browser.find(By.id("readiness-now")).getText()).contains("Accounts: 1 of ");
                fits(browser, width, "omemo-log");
            }
            browser.width(1280).open(server.console().resolve(page("keys") + "?account=romeo"));
            browser.press(decision("hide"));
            assertThat(browser.find(By.id("device-care")).getText()).contains("Hidden by decision");
            browser.press(decision("revoke"));
            assertThat(browser.find(By.id("device-care")).getText()).contains("Revoked", "Admit again");
            await().atMost(PATIENCE).untilAsserted(() -> {
                browser.open(server.console().resolve(page("keys") + "?account=romeo"));
                assertThat(browser.find(By.id("key-events")).getText())
                        .contains("Hidden from readers", "Revoked", "Taken off the list", ServerOptions.ADMIN);
            });
            fits(browser, 1280, "keys-revoked");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            files.verify(files.download("proof&account=romeo", "proof")))
                    .contains("DEVICE_HIDDEN, device 101", "DEVICE_REVOKED, device 101", "KEYS_REMOVED, device 101")
                    .containsPattern("DEVICE_UNLISTED, device 101.* by " + server.domain() + "\\b")
                    .contains("Everything holds."));
            browser.open(server.console().resolve(page("omemo")));
            browser.press(By.id("sweep-dry"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                browser.open(server.console().resolve(page("omemo")));
                assertThat(browser.find(By.id("sweep-state")).getText()).contains("Finished: a trial");
            });
        }
    }

    @Test
    @Order(5)
    void aDeletedAccountIsForgottenAndTheLogStillHolds() throws Exception {
        Path before = files.download("head", "before");
        server.inside(DeleteAccount.class, "romeo");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.admin()
                        .get(KeyLogFiles.PAGE + "proof&account=romeo")
                        .status())
                .isEqualTo(404));
        assertThat(files.verify(files.download("log", "log"), "--earlier", before))
                .contains("Everything holds.");
    }

    private static By decision(String action) {
        return By.cssSelector("#device-care button[value='" + action + "']");
    }

    private static String page(String name) {
        return "plugins/bastion/bastion-" + name + ".jsp";
    }

    private void fits(Chromium browser, int width, String name) throws IOException {
        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        String host = server.isFourTwo() ? "4.2.0" : "5.1.1";
        browser.photograph(Path.of(System.getProperty("bastion.screenshots", "target/screenshots"))
                .resolve(name + (width == 360 ? "-phone-" : "-") + host + ".png"));
    }

    private static void published(XmppClient client, String node, String item, String options) throws Exception {
        IQ answer = ask(client, publish(node, item, options), SOON);
        assertThat(answer).isNotNull();
        assertThat(answer.getType()).as(answer.toXML().toString()).isEqualTo(IQ.Type.result);
    }
}
