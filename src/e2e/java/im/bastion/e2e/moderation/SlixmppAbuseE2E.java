// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.Peers;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A group of the cases, one of each kind, by a client of another family (slixmpp, Python). */
class SlixmppAbuseE2E {
    @RegisterExtension
    static final ServerUnderTest HOME = Pair.HOME;

    @RegisterExtension
    static final ServerUnderTest AWAY = Pair.AWAY;

    private static final Path SCRIPT = Path.of("src/e2e/resources/slixmpp_abuse.py");
    private static final String RESULT = "RESULT ";
    private static final int PATIENCE_SECONDS = 90;

    @BeforeAll
    static void furnish() throws Exception {
        Peers.requirePython("slixmpp");
        Pair.furnish();
    }

    @ParameterizedTest
    @EnumSource
    void aFloodIsCutShort(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.FLOOD)) {
            Allowance allowance = new Allowance();
            List<String> answers =
                    answers(scene, origin, Collections.nCopies(40, message("<body>flood from Python</body>")));
            assertThat(answers).hasSize(40).containsOnly("COPY", "policy-violation");
            assertThat(scene.heard("flood from Python")).isBetween(1L, allowance.of(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void dressedUpWordsAndImitatedNamesAreRefused(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.WORDS)) {
            assertThat(answers(
                            scene,
                            origin,
                            List.of(
                                    message("<body>good morning</body>"),
                                    message("<body>buy ch\u200Be\u0430p p1lls</body>"),
                                    message("<subject>buy cheap</subject><body>pills</body>"),
                                    message(
                                            "<body>buy cheap pills</body><replace xmlns='urn:xmpp:message-correct:0' id='x'/>"),
                                    "<presence id='{id}' to='{room}/0wner'/>")))
                    .containsExactly(
                            "COPY", "policy-violation", "policy-violation", "policy-violation", "policy-violation");
            assertThat(scene.heard("pills")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyModeratesOrDeclinesWhoMayNot(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN)) {
            String stanzaId = Care.stanzaId(Care.said(scene, scene.owner, "an owner's words " + scene.room));
            assertThat(answers(
                            scene,
                            origin,
                            List.of(
                                    "<iq type='set' id='{id}' to='{room}'>" + Care.moderate(stanzaId) + "</iq>",
                                    "<iq type='set' id='{id}' to='{room}'>" + Care.moderateOlder(stanzaId) + "</iq>",
                                    "<message id='{id}' to='{room}'><x xmlns='http://jabber.org/protocol/muc#user'>"
                                            + "<decline to='" + Scene.bare(scene.owner) + "'/></x></message>")))
                    .containsExactly("forbidden", "forbidden", "forbidden");
            assertThat(scene.heard("<retract")).isZero();
        }
    }

    private static String message(String content) {
        return "<message id='{id}' to='{room}' type='groupchat'>" + content + "</message>";
    }

    /** What the room answers to each of the stanzas, in their order. */
    private static List<String> answers(Scene scene, Origin origin, List<String> stanzas)
            throws IOException, InterruptedException {
        OpenfireServer server = origin == Origin.LOCAL ? HOME.get() : AWAY.get();
        String name = "python" + Pair.number();
        server.createUser(name, name + "-secret-1");
        List<String> command = new ArrayList<>(List.of(
                Peers.requirePython("slixmpp").toString(),
                SCRIPT.toString(),
                server.options().address(),
                String.valueOf(server.ports().client()),
                name + "@" + server.domain(),
                name + "-secret-1",
                scene.room,
                "Python"));
        command.addAll(stanzas);
        Process client = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(RESULT))
                    .map(line -> line.replaceFirst("^RESULT \\d+ ", ""))
                    .toList();
        } finally {
            client.destroyForcibly();
        }
    }
}
