// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same words and addresses, dressed up so that a filter might miss them, and honest words that look like them. */
class EvasionE2E {
    @RegisterExtension
    static final ServerUnderTest HOME = Pair.HOME;

    @RegisterExtension
    static final ServerUnderTest AWAY = Pair.AWAY;

    private static final List<Scene> SCENES = new ArrayList<>();
    private static final List<XmppClient> SENDERS = new ArrayList<>();
    private static Scene words;
    private static Scene links;
    private static Scene shapes;
    private static Scene length;

    @BeforeAll
    static void furnish() throws Exception {
        Pair.furnish();
        words = scene(Policy.WORDS);
        links = scene(Policy.LINKS);
        shapes = scene(Policy.SHAPES);
        length = scene(Policy.LENGTH);
        for (Origin origin : Origin.values()) {
            XmppClient sender = Pair.somebody(origin);
            SENDERS.add(sender);
            for (Scene scene : SCENES) {
                sender.join(scene.room, origin.toString());
            }
        }
    }

    @AfterAll
    static void leave() {
        SENDERS.forEach(XmppClient::close);
        SCENES.forEach(Scene::close);
    }

    private static Scene scene(Policy policy) throws Exception {
        Scene scene = new Scene(policy);
        SCENES.add(scene);
        return scene;
    }

    static Stream<String> dressedUp() {
        return Stream.of(
                "BUY Cheap PILLS",
                "buy che\u200Bap pi\u200Clls",
                "buy ch\u00ADeap pills",
                "buy \u202Echeap\u202C pills",
                "b\u0301u\u0302y\u0303 c\u0336h\u0336e\u0336a\u0336p\u0336 pills",
                "\uFF42\uFF55\uFF59 \uFF43\uFF48\uFF45\uFF41\uFF50 \uFF50\uFF49\uFF4C\uFF4C\uFF53",
                "bu\u0443 ch\u0435\u0430p \u0440ills",
                "bu\u03B3 cheap p\u03B9lls",
                "buy ch3ap p1lls",
                "b u y c h e a p p i l l s",
                "b.u.y c-h-e-a-p p_i_l_l_s",
                "\uD835\uDCEB\uD835\uDCFE\uD835\uDD02 cheap pills",
                "buy\ncheap\n\npills");
    }

    @ParameterizedTest
    @MethodSource("dressedUp")
    void aDressedUpPhraseReachesNobody(String body) throws Exception {
        reachesNobody(words, "<body>" + body + "</body>");
    }

    static Stream<Arguments> splitUp() {
        return Stream.of(
                Arguments.of("subject and body", "<subject>buy cheap</subject><body>pills</body>"),
                Arguments.of("two bodies", "<body>buy cheap</body><body xml:lang='de'>pills</body>"),
                Arguments.of(
                        "only in the other language", "<body>hello</body><body xml:lang='fr'>buy cheap pills</body>"),
                Arguments.of(
                        "behind 63 languages",
                        Stream.iterate(0, i -> i < 63, i -> i + 1)
                                        .map(i -> "<body xml:lang='x-" + i + "'>hello " + i + "</body>")
                                        .reduce("", String::concat)
                                + "<body>buy cheap pills</body>"),
                Arguments.of(
                        "formatted, letter by letter",
                        "<body>see</body><html xmlns='http://jabber.org/protocol/xhtml-im'>"
                                + "<body xmlns='http://www.w3.org/1999/xhtml'><p>b<b>u</b>y <i>ch</i>eap p<u>ills</u></p></body></html>"),
                Arguments.of(
                        "beside an address",
                        "<body>see</body><x xmlns='jabber:x:oob'><url>https://a.example/</url><desc>buy cheap pills</desc></x>"),
                Arguments.of(
                        "body and description",
                        "<body>buy cheap</body><x xmlns='jabber:x:oob'><url>https://a.example/</url><desc>pills</desc></x>"),
                Arguments.of(
                        "in a quotation that is a reply's fallback",
                        "<body>&gt; buy cheap pills\nyes</body><reply xmlns='urn:xmpp:reply:0' id='x'/>"
                                + "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='18'/></fallback>"),
                Arguments.of(
                        "a file's name",
                        "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>buy cheap pills</name></file>"
                                + "<sources><url-data xmlns='http://jabber.org/protocol/url-data' target='https://a.example/x'/></sources></file-sharing>"),
                Arguments.of(
                        "an edit of a clean message",
                        "<body>buy cheap pills</body><replace xmlns='urn:xmpp:message-correct:0' id='clean'/>"),
                Arguments.of(
                        "a reaction",
                        "<reactions xmlns='urn:xmpp:reactions:0' id='x'><reaction>buy cheap pills</reaction></reactions>"),
                Arguments.of("a subject", "<subject>buy cheap pills</subject>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("splitUp")
    void aPhraseThatIsSplitOrElsewhereReachesNobody(String how, String content) throws Exception {
        assertThat(how).isNotEmpty();
        reachesNobody(words, content);
    }

    static Stream<String> addresses() {
        return Stream.of(
                "http://evil.example/",
                "https://EVIL.example/path?q#f",
                "evil-shop.com/win",
                "www.evil.example",
                "https://deep.below.evil.example/x",
                "https://good.example@evil.example/",
                "https://user:secret@evil.example:8443/x",
                "https://evil.example./x",
                "https://\uFF45vil.example/",
                "https://%65vil.example/",
                "[click](https://evil.example/x)",
                "<https://evil.example>",
                "https://evil\u3002example/",
                "xmpp:room@evil.example?join");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void aDeniedDomainReachesNobodyHoweverItIsWritten(String address) throws Exception {
        reachesNobody(links, "<body>look " + address.replace("<", "&lt;").replace(">", "&gt;") + " now</body>");
    }

    static Stream<Arguments> oddShapes() {
        return Stream.of(
                Arguments.of(
                        "words as a reaction",
                        "<reactions xmlns='urn:xmpp:reactions:0' id='x'><reaction>visit us</reaction></reactions>"),
                Arguments.of(
                        "a wall of reactions",
                        "<reactions xmlns='urn:xmpp:reactions:0' id='x'>"
                                + "<reaction>\uD83D\uDC4D</reaction>".repeat(40) + "</reactions>"),
                Arguments.of(
                        "a newcomer's edit",
                        "<body>something else</body><replace xmlns='urn:xmpp:message-correct:0' id='clean'/>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddShapes")
    void aReactionOrEditThatIsNoneReachesNobody(String how, String content) throws Exception {
        assertThat(how).isNotEmpty();
        reachesNobody(shapes, content);
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of("a huge body", "<body>" + "x".repeat(200_000) + "</body>"),
                Arguments.of("ten thousand lines", "<body>" + "a\n".repeat(10_000) + "</body>"),
                Arguments.of(
                        "a hundred thousand children",
                        "<body>x</body><a xmlns='urn:x'>" + "<b/>".repeat(100_000) + "</a>"),
                Arguments.of(
                        "huge formatted text",
                        "<body>x</body><html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>"
                                + "<p>word</p>".repeat(20_000) + "</body></html>"),
                Arguments.of("a thousand bodies", bodies(1_000)),
                Arguments.of(
                        "a huge payload nobody knows",
                        "<body>x</body><a xmlns='urn:x'><b>" + "y".repeat(200_000) + "</b></a>"));
    }

    private static String bodies(int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append("<body xml:lang='x-").append(i).append("'>hello</body>");
        }
        return all.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void whatIsTooLargeReachesNobodyAndTheServerGoesOn(String what, String content) throws Exception {
        assertThat(what).isNotEmpty();
        reachesNobody(length, content);
    }

    /** By somebody of this server alone: another one would choke on it before it came here. */
    @Test
    void aMessageOfManyLevelsIsRefusedBeforeTheHostCopiesIt() throws Exception {
        XmppClient sender = SENDERS.get(0);
        String id = XmppClient.nextId();
        sender.send(
                "<message id='%s' to='%s' type='groupchat'><body>x</body><a xmlns='urn:example:x'>%s%s</a></message>"
                        .formatted(id, length.room, "<a>".repeat(8_000), "</a>".repeat(8_000)));
        assertThat(Scene.isRefused(length.answered(sender, id))).isTrue();
        assertThat(length.takes(sender, "and on we go")).isTrue();
    }

    static Stream<String> honest() {
        return Stream.of(
                "I live in Scunthorpe and buy pillows, cheaply",
                "for (int i = 0; i < n; i++) { buy(cheap[i], pills_count); }",
                "QnV5IGNoZWFwIHBpbGxzIQ== is base64",
                "\u8CB7\u3044\u7269\u306B\u884C\u304D\u307E\u3057\u305F\u3002",
                "\u0634\u0631\u064A\u062A \u062F\u0648\u0627\u0621 \u0645\u0646 \u0627\u0644\u0635\u064A\u062F\u0644\u064A\u0629",
                "\u05E7\u05E0\u05D9\u05EA\u05D9 \u05DB\u05D3\u05D5\u05E8\u05D9\u05DD",
                "\u043A\u0443\u043F\u0438\u043B \u0434\u0435\u0448\u0451\u0432\u044B\u0435 \u0442\u0430\u0431\u043B\u0435\u0442\u043A\u0438",
                "see https://notevil.example/evil.example and evil.example.org",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F great!");
    }

    @ParameterizedTest
    @MethodSource("honest")
    void honestWordsReachEverybody(String body) throws Exception {
        for (Scene scene : List.of(words, links, shapes, length)) {
            for (XmppClient sender : SENDERS) {
                String id = XmppClient.nextId();
                sender.send("<message id='%s' to='%s' type='groupchat'><body>%s</body></message>"
                        .formatted(id, scene.room, body.replace("<", "&lt;")));
                assertThat(scene.answer(sender, id).getType()).isEqualTo(Message.Type.groupchat);
                scene.bystander.await(stanza -> id.equals(stanza.getStanzaId()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nicknames")
    void aNicknameThatSpeaksOrImitatesIsRefusedHoweverItIsAskedFor(String nickname) throws Exception {
        for (XmppClient sender : SENDERS) {
            for (String content : List.of("", "<x xmlns='http://jabber.org/protocol/muc'/>")) {
                String id = XmppClient.nextId();
                sender.send("<presence id='%s' to='%s/%s'>%s</presence>".formatted(id, words.room, nickname, content));
                assertThat(Scene.isRefused(words.answered(sender, id))).isTrue();
            }
        }
        assertThat(words.heard("code='303'")).isZero();
    }

    static Stream<String> nicknames() {
        return Stream.of("buy cheap pills", "0wner", "\u041Ewner", "O\u200Bwner");
    }

    /** Sends it from here and from away; each is refused, and the room's listener hears nothing of it. */
    private static void reachesNobody(Scene scene, String content) throws Exception {
        for (XmppClient sender : SENDERS) {
            String id = XmppClient.nextId();
            sender.send("<message id='%s' to='%s' type='groupchat'>%s</message>".formatted(id, scene.room, content));
            Stanza answer = scene.answered(sender, id);
            assertThat(Scene.isRefused(answer))
                    .as("the answer to %s", sender.jid())
                    .isTrue();
            assertThat(scene.heard()).noneMatch(xml -> xml.contains("'" + id + "'"));
        }
    }
}
