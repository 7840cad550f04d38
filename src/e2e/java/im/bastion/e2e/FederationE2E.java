// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.peer.ProsodyPeer;
import im.bastion.e2e.peer.RogueCaller;
import im.bastion.e2e.peer.RoguePeer;
import im.bastion.e2e.peer.RoguePeer.Received;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rule "TLS 1.2 and a valid certificate" against peers that fail it, on a server that by itself would let stanzas out in
 * clear text: 4.2.0 does so even when TLS is required, later ones when it is optional.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FederationE2E {
    private static final String DOMAIN = "home.test";
    private static final String RULE = "federation.everybody";
    private static final String TLS_POLICY = "xmpp.server.tls.policy";
    private static final String PAGE = "plugins/bastion/bastion-federation.jsp";
    private static final String POLICY = "plugins/bastion/bastion-policy.jsp";
    private static final String KNOWN = "plugins/bastion/bastion-peers.jsp";
    private static final String REPORT = "plugins/bastion/bastion-federation-report.jsp";
    private static final String PROSODY = "prosody.test";
    private static final String DNS = "{%s,127.0.0.1:%d},{*,127.0.0.1:%d}";
    private static final int PROSODY_PORT = FreePorts.on("127.0.0.1", 1).get(0);
    private static final String TRIED = Trick.HONEST.domain();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PeerCertificates CERTIFICATES = new PeerCertificates();
    private static final RoguePeer ROGUE = new RoguePeer(CERTIFICATES, "127.0.0.1");

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(options());

    private static ServerOptions options() {
        TestIdentity identity = CERTIFICATES.good(DOMAIN);
        ServerOptions options = ServerOptions.defaults()
                .domain(DOMAIN)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(CERTIFICATES.authority())
                .user("romeo", "romeo-secret-1")
                .property("dnsutil.dnsOverride", DNS.formatted(PROSODY, PROSODY_PORT, ROGUE.port()))
                .property("xmpp.server.cert.policy", "wanted")
                .property("xmpp.server.read.timeout", "5000")
                .property("plugin.bastion.federation.mode", "off")
                .property("plugin.bastion.federation.retry-pause", "0")
                .bastion();
        return options.property(TLS_POLICY, leakyPolicy(options.distribution().isFourTwo()));
    }

    /** The strictest one with which a stock server of that generation leaks. */
    private static String leakyPolicy(boolean fourTwo) {
        return fourTwo ? "required" : "optional";
    }

    @BeforeAll
    static void makeTheRules() throws Exception {
        save(Map.of("rule", "everybody", "peers", "*", "certificate", "valid", "tls", "1.2"));
        enforceForAMinute();
    }

    private static void save(Map<String, String> rule) throws IOException {
        AdminSession admin = server().admin();
        Map<String, String> fields = new HashMap<>(Map.of(
                "csrf",
                admin.get(POLICY).field("csrf"),
                "action",
                "rule",
                "version",
                "0",
                "mode",
                "ENFORCE",
                "direction",
                "both",
                "dialback",
                "on"));
        fields.putAll(rule);
        AdminSession.Page done = admin.post(POLICY, fields);
        assertThat(done.uri().getQuery()).as(done.body()).contains("done=");
    }

    /** A rule that a good peer fails, undone by itself after a minute; what becomes of it is looked at last. */
    private static void enforceForAMinute() throws Exception {
        save(Map.of(
                "rule", "tried",
                "peers", TRIED,
                "certificate", "pinned",
                "pins", TRIED + " " + "0".repeat(64),
                "minutes", "1"));
        mode("enforce");
        assertThat(say(TRIED, "too early").getError().getDescriptiveText()).contains("federation.tried");
        server().reloadPlugin("bastion");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(server().admin().get(POLICY).body()).contains("commit-left", "federation.tried"));
    }

    @AfterAll
    static void stopTheRogue() throws IOException {
        ROGUE.close();
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    @AfterEach
    void restoreTheTlsPolicy() throws IOException {
        tls(leakyPolicy(server().isFourTwo()));
    }

    private static void tls(String policy) throws IOException {
        server().setProperty(TLS_POLICY, policy);
    }

    private static void mode(String mode) throws IOException {
        server().setProperty("plugin.bastion.federation.mode", mode);
    }

    /** The tricks that make a stock server of the generation under test send in clear text. */
    private static Set<Trick> leaks() {
        return server().isFourTwo()
                ? Set.of(
                        Trick.CLOSE_IN_HANDSHAKE,
                        Trick.GARBAGE_AFTER_PROCEED,
                        Trick.EXPIRED_CERTIFICATE,
                        Trick.SELF_SIGNED_CERTIFICATE)
                : Set.of(Trick.CLOSE_IN_HANDSHAKE, Trick.GARBAGE_AFTER_PROCEED, Trick.NO_STARTTLS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HONEST")
    void withoutTheRuleTheServerLeaksAsItIsKnownTo(Trick trick) throws Exception {
        mode("off");
        String domain = trick.domain();

        Message answer = say(domain, "a secret");

        List<Received> arrived = messages(domain);
        if (leaks().contains(trick)) {
            assertThat(answer).as(ROGUE.log(domain)).isNull();
            assertThat(arrived).as(ROGUE.log(domain)).singleElement().satisfies(stanza -> {
                assertThat(stanza.encrypted()).isFalse();
                assertThat(stanza.stanza()).contains("a secret");
            });
        } else {
            assertThat(arrived).as(ROGUE.log(domain)).allMatch(Received::encrypted);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HONEST")
    void withTheRuleNotOneStanzaReachesAPeerThatFailsItAndTheSenderGetsOneError(Trick trick) throws Exception {
        mode("enforce");
        String domain = trick.domain();

        Message first = say(domain, "a secret");
        Message second = say(domain, "another secret");

        assertThat(ROGUE.received(domain)).as(ROGUE.log(domain)).isEmpty();
        for (Message answer : List.of(first, second)) {
            StanzaError error = answer.getError();
            if (leaks().contains(trick)) {
                assertThat(error.getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
                assertThat(error.getDescriptiveText()).contains(RULE, domain, "not encrypted");
            } else if (error.getCondition() == StanzaError.Condition.policy_violation) {
                assertThat(error.getDescriptiveText()).contains(RULE, domain);
            } else {
                assertThat(error.getCondition()).isEqualTo(StanzaError.Condition.remote_server_not_found);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE_IN_HANDSHAKE", "HONEST"})
    void inObserveEverythingPassesAndIsCounted(Trick trick) throws Exception {
        mode("observe");
        String domain = trick.domain();

        say(domain, "said in observe");

        assertThat(messages(domain)).as(ROGUE.log(domain)).hasSize(1);
        if (trick != Trick.HONEST) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(audit()).contains(domain));
        }
    }

    @Test
    void aGoodPeerGetsItsStanzasWithTheRule() throws Exception {
        mode("enforce");
        String domain = Trick.HONEST.domain();

        Message answer = say(domain, "wherefore art thou");

        assertThat(answer).as(String.valueOf(answer)).isNull();
        assertThat(messages(domain)).as(ROGUE.log(domain)).singleElement().satisfies(stanza -> assertThat(
                        stanza.encrypted())
                .isTrue());
    }

    @Test
    void prosodyGetsItsStanzasWithTheRule() throws Exception {
        Path program = Peers.require("prosody");
        mode("enforce");
        try (ProsodyPeer prosody = new ProsodyPeer(program, PROSODY, PROSODY_PORT, CERTIFICATES);
                XmppClient romeo = XmppClient.connect(server(), "romeo", "out")) {
            String id = romeo.sendMessage("juliet@" + PROSODY, "chat", "good night");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(prosody.log())
                    .containsPattern("Received\\[s2sin[^\\n]*<message [^\\n]*" + id));
            assertThat(errors(romeo, id)).isEmpty();
        }
    }

    @Test
    void aPlainSessionFromBeforeTheRuleIsNotUsedAgain() throws Exception {
        mode("off");
        String domain = Trick.CLOSE_IN_HANDSHAKE.domain();
        say(domain, "leaked");
        assertThat(messages(domain)).hasSize(1);

        mode("enforce");
        Message answer = say(domain, "kept");

        assertThat(answer.getError().getDescriptiveText()).contains(RULE);
        assertThat(messages(domain)).hasSize(1);
    }

    @Test
    void aPeerThatMendsItsTlsIsReachedAgain() throws Exception {
        mode("enforce");
        String domain = Trick.CLOSE_IN_HANDSHAKE.domain();
        assertThat(say(domain, "too early").getError().getDescriptiveText()).contains(RULE);

        ROGUE.mend(domain);

        await().atMost(PATIENCE).until(() -> say(domain, "once more") == null);
        assertThat(messages(domain)).as(ROGUE.log(domain)).allMatch(Received::encrypted);
    }

    @Test
    void theConsoleListsTheSessionWithItsTermsAndCertificate() throws Exception {
        mode("observe");
        String good = Trick.HONEST.domain();
        String bad = Trick.CLOSE_IN_HANDSHAKE.domain();
        say(good, "hello");
        say(bad, "hello");

        String page = server().admin().get(PAGE).body();

        assertThat(page).contains(good, "TLSv1.", "CN=" + good, bad);
    }

    @Test
    void whatWasSeenOfAPeerIsStillKnownAfterAReload() throws Exception {
        mode("observe");
        String domain = Trick.HONEST.domain();
        String page = KNOWN + "?domain=" + domain;
        say(domain, "remember me");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(server().admin().get(page).body()).contains("Our latest connection to it"));

        server().reloadPlugin("bastion");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server().admin().get(page).body())
                        .contains("TLSv1.", "CN=" + domain, "dNSName: " + domain, "about 1<")
                        // 5.1 asks each new peer for its version, now and then before the row is written.
                        .containsPattern("[12] stanzas, about"));
        assertThat(server().admin().get(KNOWN + "?q=" + domain).body()).contains("1 server.");
        String summary = REPORT + "?format=csv&day=" + LocalDate.now(ZoneOffset.UTC);
        assertThat(server().admin().get(summary).body()).contains("\"" + domain + "\",\"success\"");
    }

    @Test
    void aDraftShowsWhoItWouldCutOffAndAnExceptionKeepsHim() throws Exception {
        mode("observe");
        String good = Trick.HONEST.domain();
        String bad = Trick.CLOSE_IN_HANDSHAKE.domain();
        say(good, "hello");
        say(bad, "hello");

        String shown = draft("simulate", Map.of());
        assertThat(row(shown, bad)).contains("Cut off", "not encrypted", "federation.draft", "about 1<");
        assertThat(shown).contains("would be cut off").doesNotContain(">" + good + "</bdi>");

        String excepted =
                draft("except " + bad, Map.of("except-reason", "they are mending it", "except-until", "2099-12-31"));
        assertThat(excepted).contains("would be cut off", bad + " 2099-12-31 they are mending it");
        assertThat(row(excepted, bad)).isEmpty();
    }

    /** Sends the editor's form with a rule that demands encryption of sessions we open. */
    private static String draft(String action, Map<String, String> more) throws IOException {
        AdminSession admin = server().admin();
        Map<String, String> fields = new HashMap<>(more);
        fields.put("csrf", admin.get(POLICY).field("csrf"));
        fields.putAll(Map.of(
                "action", action,
                "rule", "draft",
                "version", "0",
                "mode", "OBSERVE",
                "peers", "*",
                "direction", "out",
                "certificate", "encrypted",
                "dialback", "on",
                "days", "2"));
        return admin.post(POLICY, fields).body();
    }

    /** The row of what would change for the domain; empty when there is none. */
    private static String row(String page, String domain) {
        return Arrays.stream(page.split("<tr>", -1))
                .filter(row -> row.contains(">" + domain + "</bdi>"))
                .findFirst()
                .orElse("");
    }

    @Test
    void nothingComesInOverAPlainStreamAndItIsClosedWithTheReason() throws Exception {
        mode("enforce");
        tls("optional");
        String domain = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller caller = RogueCaller.plain(server(), domain)) {
            caller.send(message(domain, "in clear"));

            assertThat(caller.until("<stream:error")).contains("policy-violation", RULE);
            romeo.sync();
            assertThat(romeo.received()).noneMatch(stanza -> stanza instanceof Message);
        }
    }

    @Test
    void whatAGoodPeerSendsComesIn() throws Exception {
        mode("enforce");
        String domain = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller caller = RogueCaller.encrypted(server(), domain, CERTIFICATES.good(domain))) {
            caller.send(message(domain, "over TLS"));

            romeo.await(stanza -> stanza instanceof Message message && "over TLS".equals(message.getBody()));
        }
    }

    @Test
    void withoutTheRuleAPlainStreamIsLetIn() throws Exception {
        mode("off");
        tls("optional");
        String domain = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller caller = RogueCaller.plain(server(), domain)) {
            caller.send(message(domain, "in clear"));

            romeo.await(stanza -> stanza instanceof Message message && "in clear".equals(message.getBody()));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aChangeThatNobodyConfirmedIsUndoneByItselfAlthoughThePluginWasReloadedMeanwhile() throws Exception {
        mode("enforce");
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(server().admin().get(POLICY).body())
                        .doesNotContain("commit-left")
                        .doesNotContain("commit-undo"));

        await().atMost(PATIENCE).until(() -> say(TRIED, "in time") == null);
        assertThat(messages(TRIED)).as(ROGUE.log(TRIED)).allMatch(Received::encrypted);
        assertThat(server().admin().get(POLICY + "?rule=tried").body()).contains("Version 2");
    }

    private static String message(String fromDomain, String body) {
        return "<message from='juliet@%s' to='romeo@%s' type='chat'><body>%s</body></message>"
                .formatted(fromDomain, DOMAIN, body);
    }

    /** Sends a message and waits for what becomes of it: the error, or null when it has arrived. */
    private static Message say(String domain, String body) throws Exception {
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "out")) {
            int before = messages(domain).size();
            String id = romeo.sendMessage("juliet@" + domain, "chat", body);
            await().atMost(PATIENCE)
                    .until(() -> messages(domain).size() > before
                            || !errors(romeo, id).isEmpty());
            romeo.sync();
            List<Message> errors = errors(romeo, id);
            assertThat(errors).hasSizeLessThanOrEqualTo(1);
            return errors.isEmpty() ? null : errors.get(0);
        }
    }

    private static List<Message> errors(XmppClient client, String id) {
        return client.received().stream()
                .filter(stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId()))
                .map(Message.class::cast)
                .filter(message -> message.getType() == Message.Type.error)
                .toList();
    }

    private static List<Received> messages(String domain) {
        return ROGUE.received(domain).stream()
                .filter(received -> received.stanza().startsWith("<message"))
                .toList();
    }

    private static String audit() throws IOException {
        return server().admin().get("plugins/bastion/bastion-overview.jsp").body();
    }
}
