// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.Affiliation;
import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryRooms;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

class NicknameRuleTest {
    private static final JID MODERATOR = new JID("mia@" + MemoryHost.DOMAIN + "/desk");

    private final RuleStage stage = new RuleStage();

    private RuleOutcome join(JID sender, String nickname, String definition) throws BrokenDefinition {
        return stage.judge(RuleStage.rule(NicknameRule.type(stage.rooms), definition), asks(sender, nickname));
    }

    private RoomEvent asks(JID sender, String nickname) {
        Presence presence = new Presence();
        JID to = new JID("den", MemoryRooms.SERVICE, nickname, true);
        presence.setTo(to);
        return stage.event(sender, presence).as(Kind.JOIN);
    }

    private void letTheModeratorIn() {
        stage.rooms.affiliate(RuleStage.DEN, MODERATOR, Affiliation.ADMIN);
        stage.rooms.enter(RuleStage.DEN, MODERATOR, "Lillith");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lillith",
                "LILLITH",
                "L i l l i t h",
                "Lil1ith",
                "Lіllith",
                "Ｌillith",
                "Lillith\u200B",
                "_Lillith_",
                "Lill\u00EDth",
                "l!llith"
            })
    void nobodyTakesAModeratorsNicknameOrOneThatLooksLikeIt(String nickname) throws BrokenDefinition {
        letTheModeratorIn();
        assertThat(join(RuleStage.KIM, nickname, "{}")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(join(RuleStage.KIM, nickname, "{'impersonation':false}")).isSameAs(RuleOutcome.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lilly", "Kim", "Лилит", "🦊", "小明", "lillith2"})
    void othersAreFree(String nickname) throws BrokenDefinition {
        letTheModeratorIn();
        assertThat(join(RuleStage.KIM, nickname, "{}")).isSameAs(RuleOutcome.PASS);
    }

    @Test
    void theModeratorMayReturnUnderTheOwnNickname() throws BrokenDefinition {
        letTheModeratorIn();
        assertThat(join(new JID(MODERATOR.toBareJID() + "/phone"), "Lillith", "{}"))
                .isSameAs(RuleOutcome.PASS);
    }

    @Test
    void nobodyTakesTheNameOfAnAdminWhoIsAway() throws BrokenDefinition {
        stage.rooms.affiliate(RuleStage.DEN, MODERATOR, Affiliation.ADMIN);
        assertThat(join(RuleStage.KIM, "M1a", "{}")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(join(RuleStage.KIM, "Owner", "{}")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(join(MODERATOR, "Mia", "{}")).isSameAs(RuleOutcome.PASS);
    }

    @Test
    void nobodyTakesAReservedName() throws BrokenDefinition {
        assertThat(join(RuleStage.KIM, "Adm1n", "{'reserved':['admin']}")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(join(RuleStage.KIM, "Administrator", "{'reserved':['admin']}"))
                .isSameAs(RuleOutcome.PASS);
        assertThatThrownBy(() -> join(RuleStage.KIM, "x", "{'reserved':['***']}"))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessageContaining("reserved[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u2003\u200D", "abc\u202Edef", "a\u2066b", "a\u0007b"})
    void aNicknameCanBeSeenAndDoesNotMislead(String nickname) throws BrokenDefinition {
        assertThat(join(RuleStage.KIM, nickname, "{}")).isInstanceOf(RuleOutcome.Finding.class);
    }

    @Test
    void isAboutNicknamesAlone() throws BrokenDefinition {
        letTheModeratorIn();
        assertThat(stage.say(RuleStage.rule(NicknameRule.type(stage.rooms), "{}"), RuleStage.KIM, "Lillith"))
                .isSameAs(RuleOutcome.NOT_APPLICABLE);
    }
}
