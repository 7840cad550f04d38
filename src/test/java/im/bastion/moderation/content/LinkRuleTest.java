// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.Message;

class LinkRuleTest {
    private final RuleStage stage = new RuleStage();

    private RuleOutcome say(String definition, String body) throws BrokenDefinition {
        return stage.say(RuleStage.rule(LinkRule.TYPE, definition), RuleStage.KIM, body);
    }

    @Test
    void forbidsLinksUnlessSomeAreAllowed() throws BrokenDefinition {
        assertThat(say("{}", "see http://evil.com")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(say("{}", "see you")).isSameAs(RuleOutcome.PASS);
        assertThat(say("{'max':1}", "http://a.com http://a.com")).isSameAs(RuleOutcome.PASS);
        assertThat(say("{'max':1}", "http://a.com http://b.com")).isInstanceOf(RuleOutcome.Finding.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.com",
                "http://www.EVIL.com./x",
                "http://good.com@a.b.evil.com:99/",
                "http://ev%69l.com",
                "http://evil。com",
                "http://xn--mnchen-3ya.example/",
                "xmpp:room@evil.com?join",
                "evil.com"
            })
    void findsDeniedDomainsWithAllBelowThem(String link) throws BrokenDefinition {
        assertThat(say("{'deny':['evil.com','münchen.example']}", link)).isInstanceOf(RuleOutcome.Finding.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://notevil.com", "http://evil.com.example", "http://com", "http://[::1]/"})
    void takesNoOtherDomainForADeniedOne(String link) throws BrokenDefinition {
        assertThat(say("{'deny':['evil.com']}", link)).isSameAs(RuleOutcome.PASS);
    }

    @Test
    void allowedDomainsDoNotCount() throws BrokenDefinition {
        String definition = "{'allow':['good.example']}";
        assertThat(say(definition, "https://docs.good.example/x")).isSameAs(RuleOutcome.PASS);
        assertThat(say(definition, "https://docs.good.example/x https://other.com"))
                .isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void countsAFilesAddressOnceThoughItIsInTheBodyToo() throws BrokenDefinition {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody("https://files.example/a.jpg");
        message.getElement().addElement("x", "jabber:x:oob").addElement("url").setText("https://files.example/a.jpg");
        assertThat(stage.judge(RuleStage.rule(LinkRule.TYPE, "{'max':1}"), stage.event(RuleStage.KIM, message)))
                .isSameAs(RuleOutcome.PASS);
        assertThat(stage.judge(
                        RuleStage.rule(LinkRule.TYPE, "{'deny':['files.example']}"),
                        stage.event(RuleStage.KIM, message)))
                .isInstanceOf(RuleOutcome.Finding.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'deny':['a b']}",
                "{'deny':['evil.com/path']}",
                "{'deny':['']}",
                "{'deny':['a.com'],'allow':['A.com']}",
                "{'max':65}",
                "{'max':-1}"
            })
    void refusesWhatIsNoDomainOrContradictsItself(String definition) {
        assertThatThrownBy(() -> RuleStage.rule(LinkRule.TYPE, definition)).isInstanceOf(BrokenDefinition.class);
    }
}
