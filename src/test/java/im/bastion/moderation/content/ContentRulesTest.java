// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.moderation.rule.RuleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Each rule finds, passes, and does not apply. */
class ContentRulesTest {
    private final RuleStage stage = new RuleStage();

    private boolean finds(RuleType type, String definition, String body) throws BrokenDefinition {
        return stage.say(RuleStage.rule(type, definition), RuleStage.KIM, body) instanceof RuleOutcome.Finding;
    }

    private boolean findsIn(RuleType type, String definition, String children) throws BrokenDefinition {
        Packet message = new Message(
                StanzaXml.parse("<message type='groupchat' to='" + RuleStage.DEN + "'>" + children + "</message>"),
                true);
        return stage.judge(RuleStage.rule(type, definition), stage.event(RuleStage.KIM, message))
                instanceof RuleOutcome.Finding;
    }

    private boolean findsNick(String definition, JID who, String nickname) throws BrokenDefinition {
        Presence join = new Presence();
        join.setTo(new JID(RuleStage.DEN.getNode(), RuleStage.DEN.getDomain(), nickname));
        join.getElement().addElement("x", "http://jabber.org/protocol/muc");
        return stage.judge(RuleStage.rule(NicknameRule.type(stage.rooms), definition), stage.event(who, join))
                instanceof RuleOutcome.Finding;
    }

    @Test
    void phrasesAreFoundThroughDisguises() throws BrokenDefinition {
        String plain = "{'phrases':['casino']}";
        assertThat(finds(ListedPhraseRule.TYPE, plain, "Best саsinо here")).isTrue();
        assertThat(finds(ListedPhraseRule.TYPE, plain, "best c4sino")).isFalse();
        assertThat(finds(ListedPhraseRule.TYPE, "{'phrases':['casino'],'leet':true}", "best c4sin0"))
                .isTrue();
        assertThat(finds(ListedPhraseRule.TYPE, "{'phrases':['casino'],'spaced':true}", "c.a.s.i.n.o"))
                .isTrue();
        assertThat(finds(ListedPhraseRule.TYPE, plain, "casinos")).isFalse();
        assertThat(finds(ListedPhraseRule.TYPE, "{'phrases':['casino'],'anywhere':true}", "casinos"))
                .isTrue();
    }

    @Test
    void theEvidencePointsAtTheOriginal() throws BrokenDefinition {
        String body = "Best  са\u200Bsinо, here";
        RuleOutcome outcome =
                stage.say(RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['casino']}"), RuleStage.KIM, body);
        assertThat(outcome).isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> assertThat(body.substring(
                        finding.evidence().begin(), finding.evidence().end()))
                .isEqualTo("са\u200Bsinо"));
    }

    @Test
    void wordsBesideTheBodyAreJudgedLikeIt() throws BrokenDefinition {
        String plain = "{'phrases':['casino']}";
        assertThat(
                        findsIn(
                                ListedPhraseRule.TYPE,
                                plain,
                                "<body>x</body><html xmlns='http://jabber.org/protocol/xhtml-im'><body>ca<i>si</i>no</body></html>"))
                .isTrue();
        assertThat(findsIn(
                        ListedPhraseRule.TYPE, plain, "<body>x</body><x xmlns='jabber:x:oob'><desc>casino</desc></x>"))
                .isTrue();
        assertThat(findsIn(
                        ListedPhraseRule.TYPE,
                        plain,
                        "<body>casino</body><encrypted xmlns='urn:xmpp:omemo:2'><header sid='1'><keys jid='a@b.example'><key rid='1'>AA==</key></keys>"
                                + "</header><payload>AA==</payload></encrypted>"))
                .as("words beside a payload, which need not be real")
                .isTrue();
        assertThat(findsIn(
                        ListedPhraseRule.TYPE,
                        plain,
                        "<body>casino</body><replace xmlns='urn:xmpp:message-correct:0' id='1'/>"))
                .as("a correction")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|see https://a.example|true",
                "{}|no link|false",
                "{'max':1}|https://a.example|false",
                "{'max':1}|https://a.example https://b.example|true",
                "{'allow':['a.example']}|https://www.a.example/x|false",
                "{'allow':['a.example']}|https://aa.example/x|true",
                "{'deny':['bad.example']}|https://x.bad.example|true",
                "{'deny':['bad.example']}|https://good.example|false"
            })
    void linksAreCountedAndNamed(String definition, String body, boolean found) throws BrokenDefinition {
        assertThat(finds(LinkRule.TYPE, definition, body)).isEqualTo(found);
    }

    @Test
    void contradictingDomainsAreRefused() {
        assertThatThrownBy(() -> RuleStage.rule(LinkRule.TYPE, "{'deny':['a.example'],'allow':['A.example']}"))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessageContaining("\"allow\"")
                .hasMessageContaining("a.example");
    }

    @Test
    void shapesHaveLimits() throws BrokenDefinition {
        assertThat(finds(MentionRule.TYPE, "{'max':2}", "@a @b @c")).isTrue();
        assertThat(finds(MentionRule.TYPE, "{'max':3}", "@a @b @c")).isFalse();
        assertThat(finds(CapitalsRule.TYPE, "{}", "THIS IS REALLY VERY LOUD TEXT"))
                .isTrue();
        assertThat(finds(CapitalsRule.TYPE, "{}", "The NATO and EU summit in the USA was long"))
                .isFalse();
        assertThat(finds(CapitalsRule.TYPE, "{}", "这是一个没有大小写的句子这是一个没有大小写的句子")).isFalse();
        assertThat(finds(LengthRule.TYPE, "{'maxLines':2}", "a\nb\nc")).isTrue();
        assertThat(finds(LengthRule.TYPE, "{'maxChars':5}", "abcde")).isFalse();
        assertThat(finds(LengthRule.TYPE, "{'maxChars':5}", "abcdef")).isTrue();
        assertThat(findsIn(
                        MediaRule.TYPE,
                        "{}",
                        "<body>x</body><x xmlns='jabber:x:oob'><url>https://a.example/b.png</url></x>"))
                .isTrue();
        assertThat(finds(MediaRule.TYPE, "{}", "aesgcm://files.example/a#00")).isTrue();
        assertThat(finds(MediaRule.TYPE, "{}", "https://a.example")).isFalse();
        assertThat(findsIn(
                        ReactionRule.TYPE,
                        "{}",
                        "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>buy</reaction></reactions>"))
                .isTrue();
        assertThat(findsIn(
                        ReactionRule.TYPE,
                        "{}",
                        "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>\u2764</reaction></reactions>"))
                .isFalse();
        assertThat(findsIn(
                        CorrectionRule.TYPE,
                        "{}",
                        "<body>x</body><replace xmlns='urn:xmpp:message-correct:0' id='1'/>"))
                .isTrue();
        assertThat(finds(CorrectionRule.TYPE, "{}", "x")).isFalse();
    }

    @Test
    void encryptionIsJudgedByWhatTheMessageIs() throws BrokenDefinition {
        String omemo =
                "<body>x</body><encrypted xmlns='urn:xmpp:omemo:2'><header sid='1'><keys jid='a@b.example'><key rid='1'>AA==</key></keys>"
                        + "</header><payload>AA==</payload></encrypted>";
        assertThat(findsIn(EncryptionRule.TYPE, "{'want':'forbid'}", omemo)).isTrue();
        assertThat(findsIn(EncryptionRule.TYPE, "{'want':'require'}", omemo)).isFalse();
        assertThat(findsIn(EncryptionRule.TYPE, "{'want':'require'}", "<body>x</body>"))
                .isTrue();
        assertThat(findsIn(EncryptionRule.TYPE, "{'want':'require'}", "<subject>x</subject>"))
                .isFalse();
    }

    @Test
    void nobodyMayLookLikeAModerator() throws BrokenDefinition {
        JID owner = new JID("owner", MemoryHost.DOMAIN, "desk");
        stage.rooms.enter(RuleStage.DEN, owner, "Administrator");
        assertThat(findsNick("{}", RuleStage.KIM, "Аdministrаtor"))
                .as("Cyrillic letters")
                .isTrue();
        assertThat(findsNick("{}", RuleStage.KIM, "A d m i n i s t r a t o r"))
                .as("gaps")
                .isTrue();
        assertThat(findsNick("{}", RuleStage.KIM, "adm1n1strat0r")).as("digits").isTrue();
        assertThat(findsNick("{}", RuleStage.KIM, "Kim")).isFalse();
        assertThat(findsNick("{}", owner, "Administrator"))
                .as("the moderator's own")
                .isFalse();
        assertThat(findsNick("{'impersonation':false,'reserved':['Support']}", RuleStage.KIM, "Supp0rt"))
                .isTrue();
    }

    @Test
    void sayingTheSameAgainAndAgainIsARepeat() throws BrokenDefinition {
        var rule = RuleStage.rule(RepeatRule.TYPE, "{'max':2}");
        for (int i = 1; i <= 4; i++) {
            assertThat(
                            stage.after(1_000)
                                            .say(
                                                    rule,
                                                    RuleStage.KIM,
                                                    "Read my great new book today " + i + "!!!".repeat(i))
                                    instanceof RuleOutcome.Finding)
                    .as("time %d", i)
                    .isEqualTo(i > 2);
        }
        assertThat(stage.say(rule, new JID("lee@away.example/x"), "Read my great new book today 5"))
                .as("somebody else")
                .isSameAs(RuleOutcome.PASS);
        assertThat(stage.say(rule, RuleStage.KIM, "ok")).isSameAs(RuleOutcome.NOT_APPLICABLE);
        assertThat(stage.after(400_000).say(rule, RuleStage.KIM, "Read my great new book today 6"))
                .as("much later")
                .isSameAs(RuleOutcome.PASS);
    }
}
