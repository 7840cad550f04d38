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
import org.xmpp.packet.Message;

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
}
