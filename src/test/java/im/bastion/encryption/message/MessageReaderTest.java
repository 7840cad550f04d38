// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.message;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.encryption.Sample;
import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.message.Shown.Carrier;
import im.bastion.encryption.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                Sample.NOTICE,
                "[This message is OMEMO encrypted]",
                "  [This message is\n OMEMO encrypted]  ",
                "You received a message encrypted with OMEMO but your client doesn't support OMEMO.",
                "Dies ist eine OMEMO-verschlüsselte Nachricht, die Ihr Client nicht zu unterstützen scheint. Weitere"
                        + " Informationen finden Sie unter https://conversations.im/omemo",
                "Ceci est un message chiffré avec OMEMO, que votre client ne semble pas prendre en charge. Pour plus"
                        + " d’informations, allez voir https://conversations.im/omemo",
                "这是 OMEMO 加密消息，您的客户端似乎不支持。如需了解详情，请访问 https://conversations.im/omemo"
            })
    void aNoticeBesideAnEncryptedMessageSaysNothing(String notice) {
        assertThat(leaks(Sample.legacy() + Sample.body(notice))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Sample.NOTICE + " Meet me at noon.",
                "Meet me at noon. " + Sample.NOTICE,
                "[This message is OMEMO encrypted] noon",
                "[this message is omemo encrypted, noon]",
                "This message is encrypted? No: noon."
            })
    void aBodyThatMimicsANoticeAndGoesOnSaysSomething(String body) {
        assertThat(leaks(Sample.legacy() + Sample.body(body))).containsExactly(Leak.BODY);
    }

    @Test
    void aNoticeWithoutAnEncryptedMessageIsText() {
        assertThat(leaks(Sample.body(Sample.NOTICE))).containsExactly(Leak.BODY);
        assertThat(leaks(Sample.body(Sample.NOTICE) + "<encrypted xmlns='" + Sample.LEGACY + "'/>"))
                .containsExactly(Leak.BODY);
    }

    @Test
    void eachBodyIsLookedAt() {
        String french = "<body xml:lang='fr'>à midi</body>";

        assertThat(leaks(Sample.legacy() + Sample.body(Sample.NOTICE) + french)).containsExactly(Leak.BODY);
        assertThat(leaks(Sample.body(Sample.otr()) + french)).containsExactly(Leak.BODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<subject>noon</subject>|SUBJECT",
                "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><p>noon</p></body></html>|FORMATTED",
                "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><img src='cid:1'/></body></html>|FORMATTED",
                "<rtt xmlns='urn:xmpp:rtt:0'><t>noo</t></rtt>|REAL_TIME",
                "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'><body>noon</body></message></forwarded>|FORWARDED",
                "<x xmlns='jabber:x:oob'><url>https://files.example/plan.pdf</url></x>|ADDRESS",
                "<reference xmlns='urn:xmpp:reference:0' type='data'><media-sharing xmlns='urn:xmpp:sims:1'/></reference>|FILE",
                "<reference xmlns='urn:xmpp:reference:0' type='mention'><media-sharing xmlns='urn:xmpp:sims:1'/></reference>|FILE",
                "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>plan.pdf</name></file></file-sharing>|FILE",
                "<encrypted xmlns='urn:xmpp:esfs:0'><key>c2VjcmV0</key></encrypted>|FILE",
                "<data xmlns='urn:xmpp:bob' cid='1'>c2VjcmV0</data>|INLINE_DATA",
                "<Description xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>|PREVIEW",
                "<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>45.44</lat></geoloc>|PLACE",
                "<spoiler xmlns='urn:xmpp:spoiler:0'>noon</spoiler>|HINT",
                "<reactions xmlns='urn:xmpp:reactions:0' id='m0'><reaction>x</reaction></reactions>|REACTION"
            })
    void whatStandsBesideAnEncryptedMessageIsSeen(String child, Leak leak) {
        Shown shown = Sample.shown(Sample.omemo2() + child);

        assertThat(leaks(shown)).containsExactly(leak);
        assertThat(shown.blocking()).isEqualTo(leak.bit());
        assertThat(shown.proven()).isEqualTo(Scheme.OMEMO_2.bit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<subject/>",
                "<body> </body>",
                "<received xmlns='urn:xmpp:receipts' id='m0'/>",
                "<request xmlns='urn:xmpp:receipts'/>",
                "<composing xmlns='http://jabber.org/protocol/chatstates'/>",
                "<displayed xmlns='urn:xmpp:chat-markers:0' id='m0'/>",
                "<reactions xmlns='urn:xmpp:reactions:0' id='m0'/>",
                "<reply xmlns='urn:xmpp:reply:0' to='juliet@home.example' id='m0'/>",
                "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:juliet@home.example'/>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='m0'/>",
                "<markup xmlns='urn:xmpp:markup:0'><span start='0' end='3'/></markup>",
                "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:omemo:2'/>",
                "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'><item>words</item></items></event>",
                "<x xmlns='jabber:x:data' type='submit'><field var='muc#role'><value>participant</value></field></x>",
                "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><p> </p></body></html>",
                "<sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message><body>noon</body></message></forwarded></sent>",
                "<result xmlns='urn:xmpp:mam:2'><forwarded xmlns='urn:xmpp:forward:0'><message><body>noon</body></message></forwarded></result>",
                "<propose xmlns='urn:xmpp:jingle-message:0' id='c1'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></propose>"
            })
    void controlTrafficIsNoConversation(String child) {
        assertThat(Sample.shown(child).isConversation()).isFalse();
        assertThat(leaks(Sample.omemo2() + child)).isEmpty();
    }

    @Test
    void aFilesNameInAnOfferIsSeenAndNeverAReasonToRefuse() {
        Shown shown = Sample.shown(
                "<propose xmlns='urn:xmpp:jingle-message:0' id='c1'><description"
                        + " xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><name>plan.pdf</name></file></description></propose>");

        assertThat(leaks(shown)).containsExactly(Leak.OFFERED_FILE);
        assertThat(shown.isConversation()).isFalse();
    }

    @Test
    void aRoomsTopicIsItsAdministrationUnlessItStandsBesideWords() {
        assertThat(MessageReader.read(Sample.message("groupchat", "<subject>noon</subject>"))
                        .isConversation())
                .isFalse();
        assertThat(MessageReader.read(Sample.message("groupchat", "<subject>noon</subject><body>a</body>"))
                        .leaks())
                .isEqualTo(Leak.SUBJECT.bit() | Leak.BODY.bit());
        assertThat(leaks("<subject>noon</subject>")).containsExactly(Leak.SUBJECT);
    }

    @Test
    void whatIsSignedAndNotEncryptedIsReadable() {
        Shown shown = Sample.shown(Sample.ox("signed"));

        assertThat(leaks(shown)).containsExactly(Leak.SIGNED);
        assertThat(shown.proven()).isZero();
        assertThat(shown.hollow()).isEqualTo(Scheme.OX.bit());
    }

    @Test
    void aForwardedMessageThatIsEncryptedShowsNothing() {
        assertThat(leaks("<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'>" + Sample.legacy()
                        + Sample.body(Sample.NOTICE) + "</message></forwarded>"))
                .isEmpty();
    }

    @Test
    void messagesWithinMessagesAreFollowedToALimit() {
        String inner = "<body>noon</body>";
        for (int i = 0; i < MessageReader.MAX_DEPTH; i++) {
            inner = forwarded(inner);
        }
        assertThat(leaks(inner)).containsExactly(Leak.FORWARDED);

        String empty = "";
        for (int i = 0; i <= MessageReader.MAX_DEPTH; i++) {
            empty = forwarded(empty);
        }
        assertThat(leaks(empty)).containsExactly(Leak.FORWARDED);
    }

    @Test
    void aLabelIsNoProofAndIsComparedWithWhatThereIs() {
        assertThat(Sample.shown(Sample.EME.formatted(Sample.OMEMO_2)).isMislabelled())
                .isTrue();
        assertThat(Sample.shown(Sample.EME.formatted(Sample.LEGACY) + Sample.omemo2())
                        .isMislabelled())
                .isTrue();
        assertThat(Sample.shown(Sample.EME.formatted(Sample.OMEMO_2) + Sample.omemo2())
                        .isMislabelled())
                .isFalse();
        assertThat(Sample.shown(Sample.EME.formatted("urn:example:other")).isMislabelled())
                .isFalse();
    }

    @Test
    void knowsWhatMustPassWhateverIsWrittenBesideIt() {
        assertThat(Sample.shown("<retract xmlns='urn:xmpp:message-retract:1' id='m0'/><body>taken back</body>")
                        .carrier())
                .isEqualTo(Carrier.RETRACTION);
        assertThat(Sample.shown("<x xmlns='jabber:x:conference' jid='den@conference.home.example'/>")
                        .carrier())
                .isEqualTo(Carrier.INVITATION);
        assertThat(Sample.shown("<x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b.example'/></x>")
                        .carrier())
                .isEqualTo(Carrier.INVITATION);
        assertThat(Sample.shown("<x xmlns='http://jabber.org/protocol/muc#user'/><body>psst</body>")
                        .carrier())
                .isEqualTo(Carrier.NONE);
        assertThat(Sample.shown("<replace xmlns='urn:xmpp:message-correct:0' id='m0'/><body>noon</body>")
                        .carrier())
                .isEqualTo(Carrier.NONE);
    }

    @Test
    void aBodyBehindTenThousandChildrenIsFound() {
        assertThat(leaks("<x xmlns='urn:example:x'/>".repeat(10_000) + Sample.body("noon")))
                .containsExactly(Leak.BODY);
    }

    private static String forwarded(String children) {
        return "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'>" + children
                + "</message></forwarded>";
    }

    private static List<Leak> leaks(String children) {
        return leaks(Sample.shown(children));
    }

    private static List<Leak> leaks(Shown shown) {
        List<Leak> found = new ArrayList<>();
        for (Leak leak : Leak.values()) {
            if ((shown.leaks() & leak.bit()) != 0) {
                found.add(leak);
            }
        }
        return found;
    }
}
