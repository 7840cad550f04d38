// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.CERTIFICATES;
import static im.bastion.e2e.federation.FederationSite.PATIENCE;
import static im.bastion.e2e.federation.FederationSite.PROSODY;
import static im.bastion.e2e.federation.FederationSite.PROSODY_PORT;
import static im.bastion.e2e.federation.FederationSite.ROGUE;
import static im.bastion.e2e.federation.FederationSite.RULE;
import static im.bastion.e2e.federation.FederationSite.errors;
import static im.bastion.e2e.federation.FederationSite.message;
import static im.bastion.e2e.federation.FederationSite.messages;
import static im.bastion.e2e.federation.FederationSite.mode;
import static im.bastion.e2e.federation.FederationSite.say;
import static im.bastion.e2e.federation.FederationSite.server;
import static im.bastion.e2e.federation.FederationSite.tls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.Peers;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.ProsodyPeer;
import im.bastion.e2e.peer.RogueCaller;
import im.bastion.e2e.peer.RoguePeer.Received;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule "TLS 1.2 and a valid certificate" against peers that fail it, on a server that by itself would let them through. */
class FederationE2E {
    private static final String PAGE = "plugins/bastion/bastion-federation.jsp";
    private static final String KNOWN = "plugins/bastion/bastion-peers.jsp";
    private static final String REPORT = "plugins/bastion/bastion-federation-report.jsp";

    @RegisterExtension
    static final ServerUnderTest SERVER = FederationSite.SERVER;

    @BeforeAll
    static void makeTheRules() throws Exception {
        FederationSite.makeTheRules();
    }

    @AfterEach
    void restoreTheTlsPolicy() throws IOException {
        FederationSite.restoreTheTlsPolicy();
    }

    /** Those that stock servers are known to leak by, of one generation or the other, and their nearest kin. */
    static Set<Trick> tricks() {
        return EnumSet.of(
                Trick.CLOSE_IN_HANDSHAKE,
                Trick.GARBAGE_AFTER_PROCEED,
                Trick.EXPIRED_CERTIFICATE,
                Trick.SELF_SIGNED_CERTIFICATE,
                Trick.WRONG_NAME,
                Trick.NO_STARTTLS);
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
    @MethodSource("tricks")
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
    @MethodSource("tricks")
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
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(FederationSite.overview()).contains(domain));
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
}
