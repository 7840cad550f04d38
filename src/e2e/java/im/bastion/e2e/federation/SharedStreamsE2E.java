// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.CERTIFICATES;
import static im.bastion.e2e.federation.FederationSite.PATIENCE;
import static im.bastion.e2e.federation.FederationSite.ROGUE;
import static im.bastion.e2e.federation.FederationSite.bodies;
import static im.bastion.e2e.federation.FederationSite.errors;
import static im.bastion.e2e.federation.FederationSite.message;
import static im.bastion.e2e.federation.FederationSite.messages;
import static im.bastion.e2e.federation.FederationSite.say;
import static im.bastion.e2e.federation.FederationSite.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.RogueCaller;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jivesoftware.smack.packet.Message;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the policy makes of streams that carry more than one domain, that are under way, and whose key is another. */
class SharedStreamsE2E {
    private static final String LIVE = "plugins/bastion/bastion-federation.jsp";
    private static final String ERROR =
            """
            <message to='%s' type='error' id='e1'><error type='cancel'>\
            <gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>""";

    @RegisterExtension
    static final ServerUnderTest SERVER = FederationSite.SERVER;

    @BeforeAll
    static void makeTheRules() throws Exception {
        FederationSite.makeTheRules();
        FederationSite.mode("enforce");
    }

    @Test
    void aSecondDomainOnAGoodStreamIsJudgedForItselfAndCostsTheFirstNoStanza() throws Exception {
        String good = Trick.HONEST.domain();
        String other = Trick.HONEST.domain();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller caller = RogueCaller.encrypted(server(), good, CERTIFICATES.good(good))) {
            String answer = caller.claim(other);
            for (int i = 0; i < 20; i++) {
                if (answer.equals("valid")) {
                    caller.send(message(other, "of the other"));
                }
                caller.send(message(good, "good " + i));
            }

            await().atMost(PATIENCE).until(() -> bodies(romeo).contains("good 19"));
            assertThat(bodies(romeo))
                    .doesNotContain("of the other")
                    .filteredOn(body -> body.startsWith("good "))
                    .hasSize(20);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(FederationSite.overview()).contains(other));
            caller.send(message(good, "last"));
            await().atMost(PATIENCE).until(() -> bodies(romeo).contains("last"));
        }
    }

    @Test
    void aSenderWhoIsNobodyOrSomebodyElseIsNotBelievedWhereNoCertificateIsAskedForEither() throws Exception {
        String domain = Trick.DENIES_DIALBACK.domain();
        FederationSite.save(Map.of("rule", "lenient", "peers", domain, "certificate", "encrypted"));
        TestIdentity another = CERTIFICATES.good("another.test");
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller nobody = RogueCaller.unproven(server(), domain, another);
                RogueCaller spoofer = RogueCaller.unproven(server(), domain, another)) {
            nobody.sendAndSettle(message(domain, "without a word about who it is"), Trick.HONEST.domain());
            assertThat(spoofer.claim(domain)).isEqualTo("invalid");
            spoofer.sendAndSettle(message(domain, "all the same"), Trick.HONEST.domain());
            romeo.sync();

            assertThat(bodies(romeo)).isEmpty();
        }
    }

    @Test
    void aPeerThatMustComeByDirectTlsDoesNotGetInByStartTls() throws Exception {
        String fallen = Trick.HONEST.domain();
        demandDirectTls("direct-one", fallen);
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller caller = RogueCaller.encrypted(server(), fallen, CERTIFICATES.good(fallen))) {
            caller.send(message(fallen, "by STARTTLS"));

            assertThat(caller.until("<stream:error")).contains("federation.direct-one", "began in plain text");
            romeo.sync();
            assertThat(bodies(romeo)).isEmpty();
        }
    }

    @Test
    void aPeerThatMustComeByDirectTlsGetsInByItWhereTheServerTakesIt() throws Exception {
        String domain = Trick.HONEST.domain();
        demandDirectTls("direct-two", domain);
        int port = FederationSite.DIRECT_TLS_PORT;
        if (server().isFourTwo()) {
            assertThatThrownBy(() -> RogueCaller.direct(server(), port, domain, CERTIFICATES.good(domain)))
                    .isInstanceOf(ConnectException.class);
            return;
        }
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "in");
                RogueCaller caller = RogueCaller.direct(server(), port, domain, CERTIFICATES.good(domain))) {
            caller.send(message(domain, "by direct TLS"));

            await().atMost(PATIENCE).until(() -> bodies(romeo).contains("by direct TLS"));
        }
    }

    private static void demandDirectTls(String rule, String domain) throws IOException {
        FederationSite.save(
                Map.of("rule", rule, "peers", domain, "direction", "in", "certificate", "valid", "direct-tls", "on"));
    }

    @Test
    void aRuleThatChangesWhileStanzasWaitHoldsForThemToo() throws Exception {
        String domain = Trick.HONEST.domain();
        ROGUE.hold(domain);
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "out")) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ids.add(romeo.sendMessage("juliet@" + domain, "chat", "waiting " + i));
            }
            await().atMost(PATIENCE).until(() -> !ROGUE.log(domain).isEmpty());
            FederationSite.pinNobody("sudden", domain, Map.of());
            ROGUE.release(domain);

            await().atMost(PATIENCE)
                    .until(() -> ids.stream().noneMatch(id -> errors(romeo, id).isEmpty()));
            romeo.sync();
            assertThat(ids).allSatisfy(id -> assertThat(errors(romeo, id)).hasSize(1));
            assertThat(ROGUE.received(domain)).as(ROGUE.log(domain)).isEmpty();
        }
    }

    @Test
    void aPeerWithItsPinnedKeyIsReachedUntilItShowsAnother() throws Exception {
        String domain = Trick.HONEST.domain();
        FederationSite.save(Map.of(
                "rule",
                "partner",
                "peers",
                domain,
                "certificate",
                "pinned",
                "pins",
                domain + " " + CERTIFICATES.keySha256()));
        assertThat(say(domain, "to the pinned key")).isNull();

        CERTIFICATES.changeKey(domain);
        ROGUE.hangUp();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(server().admin().get(LIVE).body()).doesNotContain(domain));

        Message answer = say(domain, "to the new key");
        assertThat(answer).as(ROGUE.log(domain)).isNotNull();
        assertThat(answer.getError().getDescriptiveText()).contains("federation.partner", "key");
        assertThat(messages(domain)).as(ROGUE.log(domain)).hasSize(1);
    }

    @Test
    void errorsAndResultsToARefusedPeerAreStoppedAndNeverAnswered() throws Exception {
        String domain = Trick.HONEST.domain();
        FederationSite.pinNobody("closed", domain, Map.of());
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "out")) {
            String to = "juliet@" + domain + "/balcony";
            romeo.send(ERROR.formatted(to));
            romeo.send("<iq to='" + to + "' type='result' id='r1'/>");
            assertThat(say(romeo, domain, "after them")).isNotNull();

            assertThat(romeo.received())
                    .noneMatch(stanza -> List.of("e1", "r1").contains(String.valueOf(stanza.getStanzaId())));
            assertThat(ROGUE.received(domain)).isEmpty();
        }
    }
}
