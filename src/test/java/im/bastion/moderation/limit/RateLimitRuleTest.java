// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.StanzaXml;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

class RateLimitRuleTest {
    private final RuleStage stage = new RuleStage();

    private static ModerationRule rule(String definition) throws BrokenDefinition {
        return RuleStage.rule(RateLimitRule.TYPE, definition);
    }

    private boolean passes(ModerationRule rule, JID who, String body) {
        return stage.say(rule, who, body) == RuleOutcome.PASS;
    }

    private static JID person(int i) {
        return new JID("p" + i, "d" + i % 1_000 + ".example", "x", true);
    }

    @Test
    void aFlooderIsToldHowLongToWaitAndMaySpeakThen() throws BrokenDefinition {
        ModerationRule rule = rule("{'perAccount':20}");
        int passed = 0;
        RuleOutcome last = null;
        for (int i = 0; i < 100; i++) {
            last = stage.after(10).say(rule, RuleStage.KIM, "Hi " + i);
            passed += last == RuleOutcome.PASS ? 1 : 0;
        }
        assertThat(passed).isBetween(10, 12);
        assertThat(last).isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> {
            assertThat(finding.claim()).contains("try again in");
            Remedy.Wait wait = (Remedy.Wait) finding.remedy();
            assertThat(wait.isStrike()).isTrue();
            stage.after(wait.retryAfter().toMillis());
        });
        assertThat(passes(rule, RuleStage.KIM, "Hi")).isTrue();
    }

    @Test
    void talkAtAnOrdinaryPacePasses() throws BrokenDefinition {
        ModerationRule rule = rule("{}");
        for (int i = 0; i < 500; i++) {
            assertThat(passes(rule, RuleStage.KIM, "An ordinary sentence of somebody who types fast, number " + i))
                    .as("message %d", i)
                    .isTrue();
            stage.after(3_500);
        }
    }

    @Test
    void otherResourcesAndNicknamesOfAnAccountCountTogether() throws BrokenDefinition {
        ModerationRule rule = rule("{'perAccount':20}");
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += passes(rule, new JID("kim", "away.example", "r" + i), "Hi") ? 1 : 0;
        }
        assertThat(passed).isLessThanOrEqualTo(12);
    }

    @Test
    void longMessagesWeighMore() throws BrokenDefinition {
        ModerationRule rule = rule("{'perAccount':20}");
        int passed = 0;
        for (int i = 0; i < 20; i++) {
            passed += passes(rule, RuleStage.KIM, "x ".repeat(2_000)) ? 1 : 0;
        }
        assertThat(passed).isBetween(1, 3);
    }

    /** How many of these pass at once, of so many an account may weigh. */
    private int passed(String stanza) throws BrokenDefinition {
        ModerationRule rule = rule("{'perAccount':20}");
        RuleStage other = new RuleStage();
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            Element xml = StanzaXml.parse(stanza.replace("DEN", RuleStage.DEN.toString()));
            Packet packet = xml.getName().equals("message")
                    ? new Message(xml, true)
                    : xml.getName().equals("presence") ? new Presence(xml, true) : new IQ(xml, true);
            RoomEvent event = other.event(RuleStage.KIM, packet);
            RoomEvent told = stanza.contains("Kim2") ? event.as(RoomEvent.Kind.NICK_CHANGE) : event;
            passed += other.judge(rule, told) == RuleOutcome.PASS ? 1 : 0;
        }
        return passed;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
             9 | <message type='groupchat' to='DEN'><body>Hello</body></message>
            10 | <presence to='DEN/Kim'><x xmlns='http://jabber.org/protocol/muc'/></presence>
             5 | <presence to='DEN/Kim2'/>
             3 | <message type='groupchat' to='DEN'><subject>S</subject></message>
             3 | <message to='DEN'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b.example'/></x></message>
             5 | <message to='DEN'><x xmlns='jabber:x:data' type='submit'/></message>
            20 | <presence to='DEN/Kim'><show>away</show></presence>
            20 | <iq type='get' id='1' to='DEN/Lee'><query xmlns='jabber:iq:version'/></iq>
            50 | <message type='groupchat' to='DEN'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>
             4 | <message type='groupchat' to='DEN'><body>https://a.example https://b.example</body></message>
             4 | <message type='groupchat' to='DEN'><body>@a @b @c @d @e</body></message>
            """)
    void eachKindOfEventHasItsWeight(int atOnce, String stanza) throws BrokenDefinition {
        assertThat(passed(stanza)).isBetween(atOnce, atOnce + 1);
    }

    @Test
    void oneFlooderNeverSilencesTheRest() throws BrokenDefinition {
        ModerationRule rule = rule("{'perAccount':6000,'perAccountEverywhere':6000,'perRoom':60,'perDomain':60}");
        int others = 0;
        for (int i = 0; i < 3_000; i++) {
            passes(rule, RuleStage.KIM, "flood " + i);
            stage.after(10);
            if (i % 100 == 99) {
                others += passes(rule, person(i), "A first word") ? 1 : 0;
            }
        }
        assertThat(others).isEqualTo(30);
        assertThat(passes(rule, RuleStage.KIM, "more")).isFalse();
    }

    @Test
    void aMillionSendersNeitherForgetAFlooderNorLockOutANewcomer() {
        UsageSketch usage = new UsageSketch();
        int now = 0;
        usage.add(-1, now, 600_000);
        int burdened = 0;
        for (int i = 0; i < 1_000_000; i++) {
            burdened += usage.ahead(i, now) > 3_000 ? 1 : 0;
            usage.add(i, now, 3_000);
            now += i % 20 == 0 ? 1 : 0;
        }
        assertThat(usage.ahead(-1, now))
                .as("the flooder is as far ahead as before")
                .isEqualTo(600_000 - now);
        assertThat(burdened)
                .as("newcomers who look as if they had spoken more than once")
                .isLessThan(1_000);
    }

    @Test
    void timeThatWrapsLocksNobodyOut() throws BrokenDefinition {
        ModerationRule rule = rule("{}");
        for (int i = 0; i < 30; i++) {
            passes(rule, RuleStage.KIM, "Hi");
        }
        for (int days : new int[] {24, 25, 26, 49, 50}) {
            stage.after(days * 86_400_000L);
            assertThat(passes(rule, RuleStage.KIM, "Hi"))
                    .as("%d days later", days)
                    .isTrue();
        }
    }
}
