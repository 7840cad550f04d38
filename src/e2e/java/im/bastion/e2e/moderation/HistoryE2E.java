// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.host.LoggedRows;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a retracted message, in the room's memory and in the database, and how it comes back. */
class HistoryE2E {
    @RegisterExtension
    static final ServerUnderTest HOME = Pair.HOME;

    @RegisterExtension
    static final ServerUnderTest AWAY = Pair.AWAY;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void furnish() throws Exception {
        Pair.furnish();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRetractedBeforeTheHostWroteItDownIsNowhereAfterwards(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN, "enablelogging")) {
            XmppClient author = scene.enter(origin, "Author");
            String body = "nobody should read " + XmppClient.nextId();
            String stanzaId = Care.stanzaId(Care.said(scene, author, body));
            assertThat(scene.owner
                            .request("set", scene.room, Care.moderate(stanzaId))
                            .getType())
                    .isEqualTo(IQ.Type.result);
            Care.awaited(scene, "<retract");
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(rows(stanzaId))
                    .isNotEmpty()
                    .noneMatch(row -> row.contains(body))
                    .anyMatch(row -> row.contains("<retracted")));
            assertThat(history(scene)).doesNotContain(body).contains("<retracted", stanzaId);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUndoBringsTheVerySameBack(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN, "enablelogging")) {
            XmppClient author = scene.enter(origin, "Author");
            String body = "taken and given back " + XmppClient.nextId();
            author.send(
                    ("<message id='of-the-author' to='%2$s' type='groupchat' xml:lang='fr'><body>%1$s &amp; \u00E9\u2028\uD83D\uDE00</body>"
                                    + "<body xml:lang='en'>%1$s</body><x xmlns='urn:example:x' b='1' a=\"2\"><y/> </x></message>")
                            .formatted(body, scene.room));
            String stanzaId = Care.stanzaId(Care.awaited(scene, body));
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> !rows(stanzaId)
                    .isEmpty());
            List<String> before = rows(stanzaId);
            String seenBefore = line(history(scene), stanzaId);

            assertThat(scene.owner
                            .request("set", scene.room, Care.moderate(stanzaId))
                            .getType())
                    .isEqualTo(IQ.Type.result);
            assertThat(rows(stanzaId)).noneMatch(row -> row.contains(body));
            assertThat(history(scene)).doesNotContain(body);

            String form = Scene.xml(Care.command(scene.owner, scene.room, "restore"));
            Matcher option = Pattern.compile("<value>([0-9a-f]{16})</value>").matcher(form);
            assertThat(option.find()).as(form).isTrue();
            Care.command(scene.owner, scene.room, "restore", "retraction", option.group(1));
            Care.awaited(scene, "restored a message");
            // The host writes a line break in front of the stanza.
            assertThat(rows(stanzaId).get(0)).isEqualTo(before.get(0).replace("|\\n<message", "|<message"));
            assertThat(line(history(scene), stanzaId)).isEqualTo(seenBefore);
        }
    }

    @ParameterizedTest
    @EnumSource
    void retractingAllOfOneTouchesNobodyElse(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN, "enablelogging")) {
            XmppClient spammer = scene.enter(origin, "Twin");
            XmppClient other = scene.enter(origin, "Other");
            String spam = "spam " + XmppClient.nextId();
            for (int i = 0; i < 3; i++) {
                Care.said(scene, spammer, spam + " number " + i);
                Care.said(scene, other, "an answer to " + spam.substring(5) + " number " + i);
            }
            // Another takes the name that the spammer had.
            spammer.send("<presence to='%s/Gone'/>".formatted(scene.room));
            scene.settle(spammer);
            XmppClient twin = scene.enter(origin, "Twin");
            Care.said(scene, twin, "I only have the same name");

            Care.command(
                    scene.owner,
                    scene.room,
                    "retract-all",
                    "person",
                    Scene.bare(spammer),
                    "minutes",
                    "60",
                    "reason",
                    "x");
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> scene.heard("<apply-to") == 3);
            String left = history(scene);
            assertThat(left).doesNotContain(spam).contains("I only have the same name");
            for (int i = 0; i < 3; i++) {
                assertThat(left).contains("an answer to " + spam.substring(5) + " number " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void askingTwiceChangesAndAnnouncesNothingMore(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN, "enablelogging")) {
            XmppClient author = scene.enter(origin, "Author");
            String stanzaId = Care.stanzaId(Care.said(scene, author, "once " + XmppClient.nextId()));
            for (String request :
                    List.of(Care.moderate(stanzaId), Care.moderate(stanzaId), Care.moderateOlder(stanzaId))) {
                assertThat(scene.owner.request("set", scene.room, request).getType())
                        .isEqualTo(IQ.Type.result);
            }
            assertThat(scene.heard("<apply-to")).isEqualTo(1);
            String seen = history(scene);
            assertThat(seen.split("<retracted", -1)).hasSize(2);
        }
    }

    /** The rows of the database that name the id, after the host has written what it had. */
    private static List<String> rows(String stanzaId) throws IOException {
        return HOME.get()
                .insidePlugin(BoundHost.PLUGIN, List.of(), LoggedRows.class, "flush")
                .lines()
                .filter(row -> row.contains(stanzaId))
                .toList();
    }

    /** What somebody who comes now is shown, a stanza a line. */
    private static String history(Scene scene) throws Exception {
        try (XmppClient late = Pair.somebody(Origin.LOCAL)) {
            String mark = "seen " + XmppClient.nextId();
            late.join(scene.room, "History");
            scene.owner.sendMessage(scene.room, "groupchat", mark);
            late.await(stanza -> Scene.xml(stanza).contains(mark));
            StringBuilder all = new StringBuilder();
            late.received().forEach(stanza -> all.append(Scene.xml(stanza)).append('\n'));
            return all.toString();
        }
    }

    /** The line about the message itself, without to whom it was sent. */
    private static String line(String history, String stanzaId) {
        return history.lines()
                .filter(line -> line.contains(stanzaId) && !line.contains("<apply-to"))
                .findFirst()
                .orElseThrow()
                .replaceAll(" to='[^']*'", "");
    }
}
