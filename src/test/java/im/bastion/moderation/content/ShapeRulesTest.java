// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.moderation.rule.RuleType;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Presence;

/** The rules that look at what a message is and not at what it says. */
class ShapeRulesTest {
    private static final String ENCRYPTED = "<encrypted xmlns='urn:xmpp:omemo:2'><payload>AAAA</payload></encrypted>";

    private final RuleStage stage = new RuleStage();

    private RuleOutcome judge(RuleType type, String definition, String children) throws BrokenDefinition {
        try {
            Message message =
                    new Message(DocumentHelper.parseText("<message type='groupchat'>" + children + "</message>")
                            .getRootElement());
            return stage.judge(RuleStage.rule(type, definition), stage.event(RuleStage.KIM, message));
        } catch (DocumentException e) {
            throw new AssertionError(e);
        }
    }

    private void finds(RuleType type, String definition, String children, String fact) throws BrokenDefinition {
        assertThat(judge(type, definition, children))
                .isInstanceOfSatisfying(
                        RuleOutcome.Finding.class,
                        finding -> assertThat(finding.evidence().fingerprint()).isEqualTo(fact));
    }

    private void isFine(RuleType type, String definition, String children) throws BrokenDefinition {
        assertThat(judge(type, definition, children)).isNotInstanceOf(RuleOutcome.Finding.class);
    }

    private static String body(String text) {
        return "<body>" + text + "</body>";
    }

    @Test
    void capitals() throws BrokenDefinition {
        finds(CapitalsRule.TYPE, "{}", body("BUY CHEAP PILLS RIGHT HERE"), "capitals=100%");
        isFine(CapitalsRule.TYPE, "{}", body("NASA and ESA meet in the HQ of JAXA"));
        isFine(CapitalsRule.TYPE, "{}", body("BUY NOW"));
        isFine(CapitalsRule.TYPE, "{}", body("SELECT NAME FROM USERS WHERE ID = 17;"));
        finds(CapitalsRule.TYPE, "{}", body("BUY CHEAP PILLS (RIGHT) HERE; NOW"), "capitals=100%");
        isFine(CapitalsRule.TYPE, "{}", body("你好".repeat(50) + "ABC"));
        isFine(CapitalsRule.TYPE, "{}", body("שלום".repeat(50)));
        finds(CapitalsRule.TYPE, "{'minLetters':3,'maxPercent':50}", body("BUY"), "capitals=100%");
    }

    @Test
    void length() throws BrokenDefinition {
        finds(LengthRule.TYPE, "{'maxChars':10}", body("x".repeat(11)), "characters=11");
        isFine(LengthRule.TYPE, "{'maxChars':10}", body("x".repeat(10)));
        finds(LengthRule.TYPE, "{'maxLines':2}", body("1\n2\n3"), "lines=3");
        finds(LengthRule.TYPE, "{'maxSize':256}", ENCRYPTED.replace("AAAA", "A".repeat(1_000)), "size=1025");
        finds(LengthRule.TYPE, "{}", body("x\n".repeat(10_000)), "characters=20000");
    }

    @Test
    void subjectsStatusesAndReasonsAreMeasuredLikeBodies() throws BrokenDefinition {
        finds(CapitalsRule.TYPE, "{}", "<subject>BUY CHEAP PILLS RIGHT HERE</subject>", "capitals=100%");
        finds(LengthRule.TYPE, "{'maxLines':2}", "<subject>1\n2\n3</subject>", "lines=3");
        finds(MentionRule.TYPE, "{'max':1}", "<subject>@kim @lee</subject>", "mentions=2");
        finds(
                CapitalsRule.TYPE,
                "{}",
                "<x xmlns='jabber:x:conference' jid='a@b' reason='BUY CHEAP PILLS RIGHT HERE'/>",
                "capitals=100%");
        Presence shouting = new Presence();
        shouting.setTo(new JID(RuleStage.DEN + "/Kim"));
        shouting.setStatus("BUY CHEAP PILLS RIGHT HERE");
        assertThat(stage.judge(RuleStage.rule(CapitalsRule.TYPE, "{}"), stage.event(RuleStage.KIM, shouting)))
                .isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void anAddressAsANewNicknameIsALink() throws BrokenDefinition {
        Presence change = new Presence();
        change.setTo(new JID(RuleStage.DEN + "/casino.example.com"));
        assertThat(stage.judge(RuleStage.rule(LinkRule.TYPE, "{}"), stage.event(RuleStage.KIM, change)))
                .isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void lengthOfNicknamesAndStatus() throws BrokenDefinition {
        Presence presence = new Presence();
        presence.setTo(new JID(RuleStage.DEN + "/" + "k".repeat(65)));
        presence.setStatus("s");
        assertThat(stage.judge(RuleStage.rule(LengthRule.TYPE, "{}"), stage.event(RuleStage.KIM, presence)))
                .isInstanceOf(RuleOutcome.Finding.class);
        presence.setTo(new JID(RuleStage.DEN + "/Kim"));
        assertThat(stage.judge(RuleStage.rule(LengthRule.TYPE, "{}"), stage.event(RuleStage.KIM, presence)))
                .isSameAs(RuleOutcome.PASS);
        presence.setStatus("s".repeat(501));
        assertThat(stage.judge(RuleStage.rule(LengthRule.TYPE, "{}"), stage.event(RuleStage.KIM, presence)))
                .isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void mentions() throws BrokenDefinition {
        finds(MentionRule.TYPE, "{'max':2}", body("@a @b @c"), "mentions=3");
        isFine(MentionRule.TYPE, "{'max':2}", body("@a @b c@d.example"));
        finds(
                MentionRule.TYPE,
                "{'max':2}",
                body("hi") + "<reference xmlns='urn:xmpp:reference:0' type='mention'/>".repeat(3),
                "mentions=3");
    }

    @Test
    void media() throws BrokenDefinition {
        finds(MediaRule.TYPE, "{}", "<x xmlns='jabber:x:oob'><url>https://a.example/b.jpg</url></x>", "media=1");
        finds(MediaRule.TYPE, "{}", body("aesgcm://a.example/b.jpg#00ff"), "media=1");
        isFine(MediaRule.TYPE, "{'max':1}", "<x xmlns='jabber:x:oob'><url>https://a.example/b.jpg</url></x>");
        isFine(MediaRule.TYPE, "{}", body("https://a.example/b.jpg"));
    }

    @Test
    void encryption() throws BrokenDefinition {
        finds(EncryptionRule.TYPE, "{}", ENCRYPTED, "encryption=urn:xmpp:omemo:2, not read");
        isFine(EncryptionRule.TYPE, "{}", body("hello"));
        finds(EncryptionRule.TYPE, "{'want':'require'}", body("hello"), "encryption=none");
        isFine(EncryptionRule.TYPE, "{'want':'require'}", ENCRYPTED);
        isFine(EncryptionRule.TYPE, "{'want':'require'}", "<composing xmlns='http://jabber.org/protocol/chatstates'/>");
    }

    @Test
    void corrections() throws BrokenDefinition {
        finds(
                CorrectionRule.TYPE,
                "{}",
                body("x") + "<replace xmlns='urn:xmpp:message-correct:0' id='1'/>",
                "corrects=1");
        assertThat(judge(CorrectionRule.TYPE, "{}", body("x"))).isSameAs(RuleOutcome.NOT_APPLICABLE);
    }

    private static String reactions(String... reactions) {
        StringBuilder all = new StringBuilder("<reactions xmlns='urn:xmpp:reactions:0' id='1'>");
        for (String reaction : reactions) {
            all.append("<reaction>").append(reaction).append("</reaction>");
        }
        return all.append("</reactions>").toString();
    }

    @Test
    void reactionsThatAreNone() throws BrokenDefinition {
        finds(ReactionRule.TYPE, "{}", reactions("buy now"), "reaction=text");
        finds(ReactionRule.TYPE, "{}", reactions("😀".repeat(9)), "reaction=text");
        finds(ReactionRule.TYPE, "{'max':1}", reactions("👍", "👎"), "reactions=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "👩🏽‍❤️‍💋‍👨🏽", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇩🇪", "#️⃣", "1️⃣", "ℹ️", "❤", "™️"})
    void reactionsThatAreSome(String emoji) throws BrokenDefinition {
        isFine(ReactionRule.TYPE, "{}", reactions(emoji));
    }
}
