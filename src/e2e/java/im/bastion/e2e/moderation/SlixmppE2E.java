// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.Peers;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client of another family (slixmpp, Python) is told. */
class SlixmppE2E {
    private static final Path SCRIPT = Path.of("src/e2e/resources/slixmpp_room.py");
    private static final String RESULT = "RESULT ";
    private static final int PATIENCE_SECONDS = 60;

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .bastion()
            .user("owner", "owner-secret-1")
            .user("visitor", "visitor-secret-1")
            .user("stranger", "stranger-secret-1")
            .user("bystander", "bystander-secret-1")
            .property("plugin.bastion.moderation.mode", "enforce"));

    private static Den den;

    @BeforeAll
    static void furnish() throws Exception {
        Peers.requirePython("slixmpp");
        den = new Den(server());
        try (XmppClient stranger = XmppClient.connect(server(), "stranger", "x")) {
            stranger.join(den.room, "Stranger");
            den.awaitRule(stranger);
        }
    }

    @AfterAll
    static void leave() {
        if (den != null) {
            den.close();
        }
    }

    @Test
    void aRefusedMessageIsAnErrorThatItUnderstands() throws Exception {
        assertThat(said(Den.LISTED))
                .startsWith("ERROR policy-violation")
                .contains("not delivered", "moderation.listed-phrase", "reference");
        assertThat(den.isHeard(Den.LISTED)).isFalse();
    }

    @Test
    void aCleanMessageComesBackAndIsHeard() throws Exception {
        assertThat(said("Good morning from Python")).isEqualTo("COPY");
        den.bystander.await(stanza -> Den.hasBody(stanza, "Good morning from Python"));
    }

    private static String said(String body) throws Exception {
        Process visitor = new ProcessBuilder(
                        Peers.requirePython("slixmpp").toString(),
                        SCRIPT.toString(),
                        server().options().address(),
                        String.valueOf(server().ports().client()),
                        "visitor@" + server().domain(),
                        "visitor-secret-1",
                        den.room,
                        "Visitor",
                        body)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(visitor.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            String printed = new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return printed.lines()
                    .filter(line -> line.startsWith(RESULT))
                    .map(line -> line.substring(RESULT.length()))
                    .findFirst()
                    .orElse(printed);
        } finally {
            visitor.destroyForcibly();
        }
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
