// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.Mode;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where OMEMO is required of everybody: the verdict on each kind of message, from a client of this server to a person, to
 * a room, and from a person elsewhere. What passes is control traffic, or encrypted and nothing else.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PolicyCasesTest {
    private final EncryptionStage stage = new EncryptionStage();

    static Stream<Arguments> cases() {
        return Stream.of(
                stopped("clear text", Sample.body("noon")),
                stopped("clear body + empty <encrypted/>", hollow() + Sample.body("noon")),
                stopped("a notice + empty <encrypted/>", hollow() + Sample.body(Sample.NOTICE)),
                stopped("empty <encrypted/> alone", hollow()),
                stopped("<encrypted> with no key", keyless()),
                stopped("EME tag only, with a body", eme(Sample.OMEMO_2) + Sample.body("noon")),
                passes("EME tag alone", eme(Sample.OMEMO_2)),
                passes("EME namespace is another than the payload's", eme(Sample.LEGACY) + Sample.omemo2()),
                passes("legacy OMEMO + notice", Sample.legacy() + Sample.body(Sample.NOTICE)),
                passes("OMEMO 2 without body", Sample.omemo2() + "<store xmlns='urn:xmpp:hints'/>"),
                passes("key transport", Sample.keyTransport()),
                passes("notice in another language", Sample.legacy() + Sample.body(german())),
                stopped("a notice with a secret behind it", Sample.legacy() + Sample.body(Sample.NOTICE + " noon")),
                stopped("clear body beside a real payload", Sample.omemo2() + Sample.body("noon")),
                stopped("aesgcm address in a clear body", Sample.body("aesgcm://files.example/a#" + "00".repeat(44))),
                stopped("OMEMO 1, which is not asked for", Sample.omemo("urn:xmpp:omemo:1")),
                stopped("body \"?OTR hello\"", Sample.body("?OTR hello")),
                stopped("OTR query", Sample.body("?OTRv23?")),
                stopped("OTR query with words", Sample.body("?OTRv23? Romeo wants to talk")),
                stopped("OTR fragment", Sample.body("?OTR,1,2,AAAA,")),
                stopped("OTR data", Sample.body(Sample.otr())),
                stopped("white space of OTR", Sample.body("noon \t  \t\t\t\t \t \t \t    \t\t  \t ")),
                stopped("XHTML only", xhtml()),
                stopped("XHTML beside OMEMO", Sample.omemo2() + xhtml()),
                stopped("subject beside OMEMO", Sample.omemo2() + "<subject>noon</subject>"),
                stopped(
                        "address beside OMEMO",
                        Sample.omemo2() + "<x xmlns='jabber:x:oob'><url>https://a.example/b</url></x>"),
                stopped("a file beside OMEMO", Sample.omemo2() + "<file-sharing xmlns='urn:xmpp:sfs:0'/>"),
                passes("chat state", "<composing xmlns='http://jabber.org/protocol/chatstates'/>"),
                passes("marker", "<displayed xmlns='urn:xmpp:chat-markers:0' id='m0'/>"),
                passes("receipt", "<received xmlns='urn:xmpp:receipts' id='m0'/>"),
                stopped(
                        "reaction",
                        "<reactions xmlns='urn:xmpp:reactions:0' id='m0'><reaction>x</reaction></reactions>"),
                passes("reaction taken back", "<reactions xmlns='urn:xmpp:reactions:0' id='m0'/>"),
                passes("reply to something, encrypted", Sample.omemo2() + "<reply xmlns='urn:xmpp:reply:0' id='m0'/>"),
                passes("retraction", "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>"),
                passes("retraction with its words", retraction("This person took back a message")),
                stopped(
                        "correction in clear",
                        "<replace xmlns='urn:xmpp:message-correct:0' id='m0'/>" + Sample.body("one")),
                passes(
                        "correction, encrypted",
                        "<replace xmlns='urn:xmpp:message-correct:0' id='m0'/>" + Sample.omemo2()),
                passes(
                        "direct invitation with words",
                        "<x xmlns='jabber:x:conference' jid='den@c.home.example'/>" + Sample.body("come")),
                passes(
                        "mediated invitation",
                        "<x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b.example'><reason>come</reason></invite></x>"),
                passes(
                        "form for a room",
                        "<x xmlns='jabber:x:data' type='submit'><field var='muc#role'><value>participant</value></field></x>"),
                passes(
                        "PubSub event",
                        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'/></event>"),
                passes("call", "<propose xmlns='urn:xmpp:jingle-message:0' id='c1'/>"),
                passes("file offered by name", offeredFile()),
                stopped("forwarded in clear", forwarded(Sample.body("noon"))),
                passes("forwarded as it was, encrypted", forwarded(Sample.omemo2())),
                stopped("OX, which is not asked for", Sample.ox("signed-and-encrypted")),
                stopped("OX that is only signed", Sample.ox("signed")),
                stopped("jabber:x:signed only", "<x xmlns='jabber:x:signed'>iQ==</x>" + Sample.body("noon")),
                stopped("legacy OpenPGP, which is not asked for", Sample.pgp("encrypted")),
                stopped(
                        "ten thousand children before the body",
                        "<x xmlns='urn:example:x'/>".repeat(10_000) + Sample.body("noon")),
                passes("nothing at all", ""));
    }

    @BeforeAll
    void requireOmemo() {
        stage.rule("all", EncryptionStage.ALL_OMEMO.replace("[\"*\"]", "[\"*\",\"conference.home.example\"]"));
    }

    @BeforeEach
    void enforce() {
        stage.settings.set(EncryptionSettings.MODE, Mode.ENFORCE);
        stage.host.stanzas().forget();
    }

    @AfterAll
    void close() {
        stage.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void fromOurClientToAPerson(String name, boolean passes, String children) {
        assertThat(stage.says(EncryptionStage.JULIET, children)).isEqualTo(passes);
        assertThat(stage.host.stanzas().sent()).hasSize(passes ? 0 : 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void fromOurClientToARoom(String name, boolean passes, String children) {
        assertThat(stage.says(stage.room.toString(), "groupchat", children)).isEqualTo(passes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void fromSomebodyElsewhere(String name, boolean passes, String children) {
        assertThat(stage.arrives(EncryptionStage.REMOTE, EncryptionStage.JULIET, "chat", children))
                .isEqualTo(passes);
        assertThat(stage.host.stanzas().sent()).hasSize(passes ? 0 : 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void anErrorIsNeverJudged(String name, boolean passes, String children) {
        assertThat(stage.says(EncryptionStage.JULIET, "error", children)).isTrue();
        assertThat(stage.arrives(EncryptionStage.REMOTE, EncryptionStage.JULIET, "error", children))
                .isTrue();
        assertThat(stage.host.stanzas().sent()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void observingChangesNothing(String name, boolean passes, String children) {
        stage.settings.set(EncryptionSettings.MODE, Mode.OBSERVE);
        LongAdder counter = stage.counters.counter("encryption.would-refuse");
        long before = counter.sum();

        assertThat(stage.says(EncryptionStage.JULIET, children)).isTrue();
        assertThat(stage.host.stanzas().sent()).isEmpty();
        assertThat(counter.sum() - before).isEqualTo(passes ? 0 : 1);
    }

    private static Arguments passes(String name, String children) {
        return Arguments.of(name, true, children);
    }

    private static Arguments stopped(String name, String children) {
        return Arguments.of(name, false, children);
    }

    private static String hollow() {
        return "<encrypted xmlns='" + Sample.LEGACY + "'/>";
    }

    private static String keyless() {
        return "<encrypted xmlns='" + Sample.LEGACY + "'><header sid='1'><iv>c2VjcmV0</iv></header>"
                + "<payload>c2VjcmV0</payload></encrypted>";
    }

    private static String eme(String namespace) {
        return Sample.EME.formatted(namespace);
    }

    private static String german() {
        return "Dies ist eine OMEMO-verschlüsselte Nachricht, die Ihr Client nicht zu unterstützen scheint. Weitere"
                + " Informationen finden Sie unter https://conversations.im/omemo";
    }

    private static String xhtml() {
        return "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>noon"
                + "</body></html>";
    }

    private static String retraction(String words) {
        return "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>" + Sample.body(words);
    }

    private static String offeredFile() {
        return "<propose xmlns='urn:xmpp:jingle-message:0' id='c1'><description"
                + " xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><name>plan.pdf</name></file></description>"
                + "</propose>";
    }

    private static String forwarded(String children) {
        return "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'>" + children
                + "</message></forwarded>";
    }
}
