// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.StanzaXml;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class RepeatRuleTest {
    @Test
    void theSameSubjectOrReasonAgainAndAgainIsARepetition() throws BrokenDefinition {
        for (String stanza : List.of(
                "<message type='groupchat'><subject>Win a thousand dollars tonight</subject></message>",
                "<message><x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b.example'>"
                        + "<reason>Win a thousand dollars tonight</reason></invite></x></message>")) {
            RuleStage fresh = new RuleStage();
            ModerationRule rule = RuleStage.rule(RepeatRule.TYPE, "{}");
            RuleOutcome last = RuleOutcome.PASS;
            for (int i = 0; i < 4; i++) {
                last = fresh.judge(rule, fresh.event(RuleStage.KIM, new Message(StanzaXml.parse(stanza), true)));
            }
            assertThat(last).as(stanza).isInstanceOf(RuleOutcome.Finding.class);
        }
    }

    private static final JID LEE = new JID("lee@other.example/tablet");

    private final RuleStage stage = new RuleStage();
    private ModerationRule rule;

    @BeforeEach
    void define() throws BrokenDefinition {
        rule = RuleStage.rule(RepeatRule.TYPE, "{'max':2,'seconds':60,'minChars':8}");
    }

    private boolean passes(JID sender, String body) {
        return !(stage.say(rule, sender, body) instanceof RuleOutcome.Finding);
    }

    @Test
    void theSameMayBeSaidSoOften() {
        assertThat(passes(RuleStage.KIM, "Buy cheap pills")).isTrue();
        assertThat(passes(RuleStage.KIM, "Buy cheap pills")).isTrue();
        assertThat(passes(RuleStage.KIM, "Buy cheap pills")).isFalse();
        assertThat(passes(LEE, "Buy cheap pills")).as("another sender").isTrue();
        assertThat(passes(new JID("kim@away.example/laptop"), "Buy cheap pills"))
                .as("another resource")
                .isFalse();
        stage.after(61_000);
        assertThat(passes(RuleStage.KIM, "Buy cheap pills")).as("later").isTrue();
    }

    @Test
    void nearlyTheSameIsTheSame() {
        assertThat(List.of("buy cheap pills 1", "BUY cheeeap pills!!! 2", "pills: buy chеap 3"))
                .extracting(body -> passes(RuleStage.KIM, body))
                .containsExactly(true, true, false);
    }

    @Test
    void greetingsAndSignsDoNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(passes(RuleStage.KIM, "hello")).isTrue();
            assertThat(passes(RuleStage.KIM, "12:30 14:5" + i)).isTrue();
        }
    }

    @Test
    void theSameWithoutLettersCounts() {
        assertThat(List.of("😀😀😀😀😀", "😀😀😀😀😀", "😀😀😀😀😀"))
                .extracting(body -> passes(RuleStage.KIM, body))
                .containsExactly(true, true, false);
    }

    @Test
    void whatStandsBesideEncryptedMessagesDoesNotCount() {
        for (int i = 0; i < 5; i++) {
            Message message = new Message();
            message.setType(Message.Type.groupchat);
            message.setBody("Diese Nachricht ist verschlüsselt");
            message.getElement().addElement("encrypted", "urn:xmpp:omemo:2");
            assertThat(stage.judge(rule, stage.event(RuleStage.KIM, message))).isSameAs(RuleOutcome.NOT_APPLICABLE);
        }
    }

    @Test
    void aFloodOfDifferentTextsAccusesNobody() {
        for (int i = 0; i < 100_000; i++) {
            String body = "word" + Integer.toString(i, 36).replaceAll("[0-9]", "x") + " and number " + i + letters(i);
            assertThat(passes(new JID("u" + i % 5_000 + "@flood.example"), body))
                    .isTrue();
        }
        assertThat(passes(LEE, "An honest message")).isTrue();
    }

    private static String letters(int number) {
        StringBuilder letters = new StringBuilder(" ");
        for (char digit : Integer.toString(number).toCharArray()) {
            letters.append((char) ('a' + digit - '0')).append((char) ('k' + digit - '0'));
        }
        return letters.toString();
    }
}
