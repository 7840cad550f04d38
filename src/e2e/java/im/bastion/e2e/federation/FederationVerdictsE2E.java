// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.CERTIFICATES;
import static im.bastion.e2e.federation.FederationSite.DOMAIN;
import static im.bastion.e2e.federation.FederationSite.PATIENCE;
import static im.bastion.e2e.federation.FederationSite.ROGUE;
import static im.bastion.e2e.federation.FederationSite.bodies;
import static im.bastion.e2e.federation.FederationSite.errors;
import static im.bastion.e2e.federation.FederationSite.message;
import static im.bastion.e2e.federation.FederationSite.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.Peers;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.EjabberdFaces;
import im.bastion.e2e.peer.ProsodyFaces;
import im.bastion.e2e.peer.RealPeer;
import im.bastion.e2e.peer.RogueCaller;
import im.bastion.e2e.peer.RoguePeer.Received;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays every row of docs/federation-verdicts.md, in both directions. What goes to the peers, and what the real ones send, is
 * under way before the first test looks at what became of it: some servers take ten seconds to give one up.
 */
class FederationVerdictsE2E {
    /** A message to a peer that somebody here has sent. */
    private record Sent(String domain, String id) {}

    private static final Map<String, RealPeer> PEERS = new HashMap<>();
    private static final Map<VerdictRow, Sent> SENT = new HashMap<>();
    private static XmppClient romeo;

    @RegisterExtension
    static final ServerUnderTest SERVER = FederationSite.SERVER;

    @BeforeAll
    static void begin() throws Exception {
        FederationSite.makeTheRules();
        FederationSite.mode("enforce");
        romeo = XmppClient.connect(server(), "romeo", "verdicts");
        int home = server().ports().server();
        Optional<Path> prosody = Peers.find("prosody");
        if (prosody.isPresent()) {
            PEERS.put(
                    "prosody", new ProsodyFaces(prosody.get(), FederationSite.PROSODY_FACES_PORT, home, CERTIFICATES));
        }
        Optional<Path> erlang = Peers.find("ejabberdctl").flatMap(installed -> Peers.find("erl"));
        if (erlang.isPresent()) {
            PEERS.put("ejabberd", new EjabberdFaces(erlang.get(), FederationSite.EJABBERD_PORTS, home, CERTIFICATES));
        }
        for (VerdictRow row : VerdictRow.all()) {
            if (row.scripted() || PEERS.containsKey(row.peer())) {
                send(row);
            }
        }
    }

    private static void send(VerdictRow row) throws Exception {
        if (row.isPlayedTo()) {
            String domain = row.scripted() ? row.trick().domain() : row.domain();
            SENT.put(row, new Sent(domain, romeo.sendMessage("juliet@" + domain, "chat", "to " + row)));
        }
        if (row.isPlayedFrom() && !row.scripted()) {
            PEERS.get(row.peer()).say(row.domain(), romeo.jid(), "from " + row);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        romeo.close();
        for (RealPeer peer : PEERS.values()) {
            peer.close();
        }
    }

    /** The real server of the row; skips the test where it is not installed. */
    private static RealPeer peer(VerdictRow row) {
        if (!PEERS.containsKey(row.peer())) {
            Path unused = Peers.require(row.peer().equals("prosody") ? "prosody" : "ejabberdctl");
        }
        return PEERS.get(row.peer());
    }

    static Stream<VerdictRow> realTo() throws IOException {
        return VerdictRow.all().stream().filter(row -> !row.scripted() && row.isPlayedTo());
    }

    static Stream<VerdictRow> realFrom() throws IOException {
        return VerdictRow.all().stream().filter(row -> !row.scripted() && row.isPlayedFrom());
    }

    static Stream<VerdictRow> scriptedTo() throws IOException {
        return VerdictRow.all().stream().filter(row -> row.scripted() && row.isPlayedTo());
    }

    static Stream<VerdictRow> scriptedFrom() throws IOException {
        return VerdictRow.all().stream().filter(row -> row.scripted() && row.isPlayedFrom());
    }

    @Test
    void thereIsARowForEverythingThatCanBePlayed() throws IOException {
        assertThat(VerdictRow.all())
                .extracting(VerdictRow::toString)
                .containsExactlyInAnyOrderElementsOf(VerdictRow.playable());
    }

    @ParameterizedTest
    @MethodSource("realTo")
    void whatGoesToARealServer(VerdictRow row) throws Exception {
        RealPeer peer = peer(row);
        String id = SENT.get(row).id();
        if (row.to().equals("passes")) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(peer.has(id))
                    .as(() -> log(peer, row) + errors(romeo, id))
                    .isTrue());
            // That nobody there is called Juliet only the peer can say.
            assertThat(errors(romeo, id))
                    .extracting(error -> error.getError().getCondition())
                    .allMatch(StanzaError.Condition.service_unavailable::equals);
        } else {
            await().atMost(PATIENCE).until(() -> !errors(romeo, id).isEmpty());
            romeo.sync();
            assertThat(errors(romeo, id)).hasSize(1);
            assertThat(peer.has(id)).as(() -> log(peer, row)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("realFrom")
    void whatComesFromARealServer(VerdictRow row) throws Exception {
        RealPeer peer = peer(row);
        if (row.from().equals("passes")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(bodies(romeo)).as(() -> log(peer, row)).contains("from " + row));
        } else {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(peer.hasEnded(row.domain(), DOMAIN))
                    .as(() -> log(peer, row))
                    .isTrue());
            romeo.sync();
            assertThat(bodies(romeo)).doesNotContain("from " + row);
        }
    }

    @ParameterizedTest
    @MethodSource("scriptedTo")
    void whatGoesToTheScriptedPeer(VerdictRow row) throws Exception {
        Sent sent = SENT.get(row);
        String domain = sent.domain();
        await().atMost(PATIENCE)
                .until(() -> !arrived(domain, sent.id()).isEmpty()
                        || !errors(romeo, sent.id()).isEmpty());
        romeo.sync();
        switch (row.to(server().isFourTwo())) {
            case "passes" -> {
                assertThat(errors(romeo, sent.id())).as(ROGUE.log(domain)).isEmpty();
                assertThat(arrived(domain, sent.id()))
                        .as(ROGUE.log(domain))
                        .hasSize(1)
                        .allMatch(Received::encrypted);
            }
            case "refused" -> {
                assertThat(errors(romeo, sent.id())).as(ROGUE.log(domain)).hasSize(1);
                assertThat(ROGUE.received(domain)).as(ROGUE.log(domain)).isEmpty();
            }
            default -> {
                assertThat(ROGUE.received(domain)).as(ROGUE.log(domain)).allMatch(Received::encrypted);
                assertThat(bodies(romeo)).doesNotContain("injected by " + domain);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scriptedFrom")
    void whatComesFromTheScriptedPeer(VerdictRow row) throws Exception {
        String domain = row.trick().domain();
        String body = "from " + domain;
        try (RogueCaller caller = call(row.trick(), domain)) {
            if (caller != null) {
                caller.sendAndSettle(message(domain, body), Trick.HONEST.domain());
            }
            romeo.sync();
            if (row.from().equals("passes")) {
                await().atMost(PATIENCE).until(() -> bodies(romeo).contains(body));
            } else if (row.from().equals("refused")) {
                assertThat(bodies(romeo)).doesNotContain(body);
            }
            assertThat(bodies(romeo)).doesNotContain("injected by " + domain);
        }
    }

    /** A stream as the trick opens it; null when the server did not even let it be opened. */
    private static RogueCaller call(Trick trick, String domain) throws IOException {
        TestIdentity identity = CERTIFICATES.of(trick, domain);
        try {
            return switch (trick) {
                case NO_STARTTLS -> RogueCaller.plain(server(), domain);
                case DENIES_DIALBACK -> denied(domain, identity);
                case INJECTED_STANZA ->
                    RogueCaller.injecting(server(), domain, identity, message(domain, "injected by " + domain));
                default -> RogueCaller.encrypted(server(), domain, identity);
            };
        } catch (IOException e) {
            if (trick == Trick.HONEST || trick == Trick.XMPP_ADDRESS) {
                throw e;
            }
            return null;
        }
    }

    private static RogueCaller denied(String domain, TestIdentity identity) throws IOException {
        RogueCaller caller = RogueCaller.unproven(server(), domain, identity);
        assertThat(caller.claim(domain)).isEqualTo("invalid");
        return caller;
    }

    /** The stanzas that have reached the scripted peer and hold that. */
    private static List<Received> arrived(String domain, String content) {
        return ROGUE.received(domain).stream()
                .filter(received -> received.stanza().contains(content))
                .toList();
    }

    private static String log(RealPeer peer, VerdictRow row) {
        try {
            return peer.log(row.domain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
