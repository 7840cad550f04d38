// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Presence;

class ListedPhraseRuleTest {
    private final RuleStage stage = new RuleStage();
    private ModerationRule rule;

    @BeforeEach
    void define() throws BrokenDefinition {
        rule = RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['harmless','buy cheap pills']}");
    }

    private RuleOutcome say(String subject, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setSubject(subject);
        message.setBody(body);
        return stage.judge(rule, stage.event(RuleStage.KIM, message));
    }

    @Test
    void findsAListedPhraseInTheBody() {
        assertThat(say(null, "Psst! Buy CHEAP\u200B pílls."))
                .isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> {
                    assertThat(finding.evidence().part()).isEqualTo(Part.BODY);
                    assertThat(finding.evidence().entry()).isEqualTo(1);
                    assertThat(finding.evidence().fingerprint()).isEqualTo("fb0be2f4a2250b35");
                });
    }

    @Test
    void findsAListedPhraseInTheSubject() {
        assertThat(say("buy cheap pills", null))
                .isInstanceOfSatisfying(
                        RuleOutcome.Finding.class,
                        finding -> assertThat(finding.evidence().part()).isEqualTo(Part.SUBJECT));
    }

    @Test
    void passesWhatHasNoListedPhrase() {
        assertThat(say("Pills", "I would not buy cheap pillows")).isSameAs(RuleOutcome.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buy cheap pills!",
                "b\u00ADuy cheap\u200D pills",
                "BUY ChEaP PILLS",
                "buу chеap рills",
                "ｂｕｙ ｃｈｅａｐ ｐｉｌｌｓ",
                "𝖇𝖚𝖞 cheap pills",
                "\u202Ebuy\u202C cheap pills",
                "b̷u̷y̷ cheap pills"
            })
    void seesThroughDisguises(String body) {
        assertThat(say(null, body)).isInstanceOf(RuleOutcome.Finding.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buy cheap pills!",
                "$ buy cheap pills $",
                "8uy ch3ap p1ll$",
                "b u y c h e a p p i l l s",
                "b u y  cheap pills",
                "b.u.y cheap p.1.l.l.s",
                "@buy cheap pills"
            })
    void seesThroughLeetAndGapsWhenToldAndThroughNeither(String body) throws BrokenDefinition {
        rule = RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['buy cheap pills'],'leet':true,'spaced':true}");
        assertThat(say(null, body)).isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void findsWholeWordsUnlessToldOtherwise() throws BrokenDefinition {
        rule = RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['cunt']}");
        assertThat(say(null, "Scunthorpe")).isSameAs(RuleOutcome.PASS);
        rule = RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['cunt'],'anywhere':true}");
        assertThat(say(null, "Scunthorpe")).isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void honestRussianIsNotEnglish() throws BrokenDefinition {
        rule = RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['cop','boot']}");
        assertThat(say(null, "Вынеси сор, пожалуйста")).isSameAs(RuleOutcome.PASS);
        rule = RuleStage.rule(ListedPhraseRule.TYPE, "{'phrases':['cop'],'lookalikes':'all'}");
        assertThat(say(null, "Вынеси сор, пожалуйста")).isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void pointsAtTheOriginal() {
        String body = "Psst!  Buy  CHEAP\u200B pílls.";
        assertThat(say(null, body))
                .isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> assertThat(body.substring(
                                finding.evidence().begin(), finding.evidence().end()))
                        .isEqualTo("Buy  CHEAP\u200B pílls"));
    }

    @Test
    void judgesNicknameStatusAndReasonLikeBodies() {
        Presence presence = new Presence();
        presence.setTo(new JID(RuleStage.DEN + "/Buy cheap pills"));
        assertThat(stage.judge(rule, stage.event(RuleStage.KIM, presence))).isInstanceOf(RuleOutcome.Finding.class);
        presence.setTo(new JID(RuleStage.DEN + "/Kim"));
        presence.setStatus("buy cheap pills");
        assertThat(stage.judge(rule, stage.event(RuleStage.KIM, presence))).isInstanceOf(RuleOutcome.Finding.class);
        Message invitation = new Message();
        invitation.setTo(RuleStage.DEN);
        invitation
                .getElement()
                .addElement("x", "http://jabber.org/protocol/muc#user")
                .addElement("invite")
                .addElement("reason")
                .setText("buy cheap pills");
        assertThat(stage.judge(rule, stage.event(RuleStage.KIM, invitation))).isInstanceOf(RuleOutcome.Finding.class);
    }
}
