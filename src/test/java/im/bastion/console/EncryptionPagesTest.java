// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.keylog.KeyEvent;
import im.bastion.console.Browser.Answer;
import im.bastion.omemo.TestBundle;
import im.bastion.omemo.doctor.Symptom;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

/** Devices and keys, the doctor, and the files of the key log. */
class EncryptionPagesTest {
    private static final OmemoGeneration NEW = OmemoGeneration.OMEMO_2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");
    private JID juliet;

    @BeforeEach
    void publish() {
        juliet = stage.host.users().register("juliet");
        stage.host.users().register("romeo");
        configure(OmemoNode.devices(NEW), "1");
        configure(OmemoNode.bundles(NEW), "256");
        DeviceList list = new DeviceList(
                NEW, List.of(new DeviceList.Device(101, Stage.HOSTILE, ""), new DeviceList.Device(202, "", "")));
        stage.host.pep().publish(juliet, OmemoNode.devices(NEW), "current", list.toElement());
        stage.host
                .pep()
                .publish(
                        juliet,
                        OmemoNode.bundles(NEW),
                        "101",
                        TestBundle.of(NEW, 101, 100).toElement());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void configure(String node, String items) {
        stage.host
                .pep()
                .configure(
                        juliet,
                        node,
                        Map.of(
                                "pubsub#access_model", "open",
                                "pubsub#persist_items", "1",
                                "pubsub#max_items", items));
    }

    private void log(KeyEvent.Kind kind, int device, String fingerprint) {
        stage.keyLog.record(new KeyEvent(
                Stage.NOW,
                kind,
                juliet.toString(),
                NEW.namespace(),
                device,
                fingerprint,
                KeyEvent.NO_PREKEY,
                juliet + "/" + Stage.HOSTILE));
    }

    private Answer get(String page, String... parameters) {
        return admin.get(
                stage.page(page),
                Stream.iterate(0, i -> i < parameters.length, i -> i + 2)
                        .collect(Collectors.toMap(i -> parameters[i], i -> parameters[i + 1])));
    }

    private void awaitHead(long size) {
        await().atMost(PATIENCE).until(() -> stage.keyLog.status().size() >= size);
    }

    @Test
    void theDevicesOfAnAccountStandWithFingerprintAndHealth() {
        log(KeyEvent.Kind.DEVICE_LISTED, 101, "");
        log(KeyEvent.Kind.IDENTITY_CHANGED, 101, "ab".repeat(32));
        awaitHead(3);

        String html = get("keys", "account", "juliet").html();

        assertThat(html).contains("Devices of juliet@").contains("100 prekeys").contains("None: nobody can encrypt");
        assertThat(html).containsPattern("[0-9a-f]{8}( [0-9a-f]{8}){7}");
        assertThat(html).contains("Identity key changed", "abababab abababab");
        assertThat(html).contains("2026-11-22 14:03:09 UTC");
        assertThat(html).doesNotContain("<script>alert(1)").contains("&lt;script&gt;alert(1)");
    }

    @Test
    void aLostDeviceIsRevokedAndPutBack() {
        assertThat(get("keys", "account", "juliet").html()).contains("Care for devices", "revoke-202", "hide-101");

        Answer revoked = device("revoke", "device", "202");

        assertThat(revoked.location()).isEqualTo("bastion-keys.jsp?done=done&account=juliet");
        assertThat(listed()).doesNotContain("202").contains("101");
        assertThat(stage.recorded).extracting("action").contains("device-revoked");
        String html = get("keys", "account", "juliet").html();
        assertThat(html).contains("Revoked: it cannot announce itself", "Taken away", "admit-202");
        String removal = html.replaceAll("(?s).*name=\"removal\" value=\"([^\"]*)\".*", "$1");
        assertThat(device("undo", "removal", removal).location()).contains("done=done");
        assertThat(listed()).contains("202");
    }

    @Test
    void aDeviceIsHiddenAndLeftToItsHealth() {
        assertThat(device("hide", "device", "101").location()).contains("done=done");
        assertThat(get("keys", "account", "juliet").html()).contains("Hidden by decision", "health-101");
        assertThat(device("health", "device", "101").location()).contains("done=done");
        assertThat(get("keys", "account", "juliet").html()).doesNotContain("Hidden by decision");
    }

    @Test
    void whatIsNoDeviceOfTheirsIsNotTouched() {
        assertThat(device("revoke", "device", "999").html()).contains("must be a device of this account");
        assertThat(device("burn", "device", "101").status()).isEqualTo(400);
        assertThat(admin.post(stage.page("keys"), Map.of("action", "revoke", "account", "nobody", "device", "101"))
                        .status())
                .isEqualTo(400);
        assertThat(listed()).contains("101", "202");
    }

    private Answer device(String action, String field, String value) {
        return admin.post(stage.page("keys"), Map.of("action", action, "account", "juliet", field, value));
    }

    private String listed() {
        return stage.host
                .pep()
                .items(juliet, OmemoNode.devices(NEW))
                .get(0)
                .payload()
                .asXML();
    }

    @Test
    void whoHasNothingIsToldWhatToDo() {
        assertThat(get("keys", "account", "romeo").html()).contains("This account has published no devices.");
        assertThat(get("keys", "account", "nobody").html()).contains("There is no such account.");
        assertThat(get("keys", "account", "a@elsewhere.example").html()).contains("of another server");
        assertThat(get("keys", "account", Stage.HOSTILE).html()).doesNotContain("<script>alert");
    }

    @Test
    void theDoctorNamesTheTroubleAndRepairsWhatTheServerCan() {
        stage.host.pep().configure(juliet, OmemoNode.devices(NEW), Map.of("pubsub#access_model", "presence"));

        String html = get("doctor", "from", "romeo", "to", "juliet").html();
        assertThat(html)
                .contains("It cannot work before what is named here is mended.")
                .contains("its access model is presence", "Device 202 is listed", "No device was ever announced.");

        Answer repaired = admin.post(
                stage.page("doctor"),
                Map.of("action", "repair", "to", "juliet", "owner", juliet.toString(), "node", OmemoNode.devices(NEW)));
        assertThat(repaired.location()).isEqualTo("bastion-doctor.jsp?done=done&to=juliet");
        assertThat(stage.host.pep().node(juliet, OmemoNode.devices(NEW)).accessModel())
                .isEqualTo("open");
        assertThat(stage.recorded).extracting("action").contains("node-repaired", "node-repair-asked");
        assertThat(get("doctor", "to", "juliet").html()).contains("It should work, but some clients may stumble.");
    }

    @Test
    void aNodeThatIsNoneOfOursIsNotTouched() {
        stage.host.pep().configure(juliet, "urn:xmpp:bookmarks:1", Map.of("pubsub#access_model", "whitelist"));
        Answer answer = admin.post(
                stage.page("doctor"),
                Map.of("action", "repair", "owner", juliet.toString(), "node", "urn:xmpp:bookmarks:1"));

        assertThat(answer.location()).contains("done=unchanged");
        assertThat(stage.host.pep().node(juliet, "urn:xmpp:bookmarks:1").accessModel())
                .isEqualTo("whitelist");
    }

    @Test
    void everySymptomHasWords() {
        for (Symptom.Kind kind : Symptom.Kind.values()) {
            String key =
                    "bastion.doctor." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            Texts texts = new Texts.Library(Stage.words()).in(Locale.ENGLISH);
            assertThat(texts.has(key)).as(key).isTrue();
            boolean advised = kind.level().compareTo(Symptom.Level.UNKNOWN) > 0;
            assertThat(texts.has(key + ".advice") || !advised).as(key).isTrue();
        }
        Texts texts = new Texts.Library(Stage.words()).in(Locale.ENGLISH);
        for (KeyEvent.Kind kind : KeyEvent.Kind.values()) {
            String key =
                    "bastion.keys.event." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertThat(texts.has(key)).as(key).isTrue();
        }
        for (Symptom.Level level : Symptom.Level.values()) {
            String word = level.name().toLowerCase(Locale.ROOT);
            assertThat(texts.has("bastion.doctor.level." + word)).isTrue();
            assertThat(texts.has("bastion.doctor.worst." + word)).isTrue();
        }
    }

    @Test
    void theFilesOfTheLogAreForAdminsAlone() {
        log(KeyEvent.Kind.DEVICE_LISTED, 101, "");
        awaitHead(2);
        Browser stranger = new Browser(null);

        for (String what : List.of("head", "log", "proof")) {
            Map<String, String> wanted = Map.of("what", what, "account", "juliet");
            assertThat(stranger.get(stage.page("keylog-download"), wanted).status())
                    .isEqualTo(403);
            Answer answer = admin.get(stage.page("keylog-download"), wanted);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().get("Content-Disposition")).startsWith("attachment");
            assertThat(answer.html()).contains(what.equals("head") ? "home.example/omemo-keys\n2\n" : "bastion-keylog");
        }
        assertThat(get("keylog-download", "what", "proof", "account", "romeo").status())
                .isEqualTo(404);
        assertThat(get("keylog-download", "what", "other").status()).isEqualTo(404);
    }

    @Test
    void anotherKeyIsTakenOnDemand() {
        awaitHead(1);
        String before = stage.keyLog.status().key();

        Answer answer = admin.post(stage.page("omemo"), Map.of("action", "rotate"));

        assertThat(answer.location()).contains("done=done");
        assertThat(stage.keyLog.status().key()).isNotEqualTo(before);
        assertThat(get("omemo").html()).contains(stage.keyLog.status().key());
        assertThat(admin.post(stage.page("omemo"), Map.of("action", "confirm")).location())
                .contains("done=unchanged");
    }
}
