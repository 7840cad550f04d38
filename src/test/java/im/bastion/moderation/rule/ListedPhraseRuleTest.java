// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import im.bastion.host.memory.MemoryRooms;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.event.Sender;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class ListedPhraseRuleTest {
    private static final String LIST = "{\"phrases\":[\"harmless\",\"buy cheap pills\"]}";
    private static final JID DEN = new JID("den@conference.home.example");

    private static RuleOutcome judge(String definition, JID room, String subject, String body) throws BrokenDefinition {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setSubject(subject);
        message.setBody(body);
        RoomEvent event = RoomEvents.of(message, new JID("kim@away.example/phone"), room);
        ModerationRule rule = ListedPhraseRule.TYPE
                .reader()
                .read(JsonParser.parseString(definition).getAsJsonObject());
        return rule.judge(event, new Sender(new MemoryRooms(), event));
    }

    @Test
    void findsAListedPhraseInTheBody() throws BrokenDefinition {
        assertThat(judge(LIST, DEN, null, "Psst! Buy CHEAP\u200B pílls."))
                .isEqualTo(new RuleOutcome.Finding(new Evidence(Part.BODY, 1, "fb0be2f4a2250b35")));
    }

    @Test
    void findsAListedPhraseInTheSubject() throws BrokenDefinition {
        assertThat(judge(LIST, DEN, "buy cheap pills", null))
                .isInstanceOfSatisfying(
                        RuleOutcome.Finding.class,
                        finding -> assertThat(finding.evidence().part()).isEqualTo(Part.SUBJECT));
    }

    @Test
    void passesWhatHasNoListedPhrase() throws BrokenDefinition {
        assertThat(judge(LIST, DEN, "Pills", "I would not buy cheap pillows")).isSameAs(RuleOutcome.PASS);
    }

    @Test
    void appliesToTheListedRoomsOnly() throws BrokenDefinition {
        String inDen = "{\"phrases\":[\"spam\"],\"rooms\":[\"Den@Conference.home.example\"]}";
        String onService = "{\"phrases\":[\"spam\"],\"rooms\":[\"*@conference.home.example\"]}";
        JID attic = new JID("attic@conference.home.example");
        JID elsewhere = new JID("den@games.home.example");
        assertThat(judge(inDen, DEN, null, "spam")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(judge(inDen, attic, null, "spam")).isSameAs(RuleOutcome.NOT_APPLICABLE);
        assertThat(judge(onService, attic, null, "spam")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(judge(onService, elsewhere, null, "spam")).isSameAs(RuleOutcome.NOT_APPLICABLE);
    }
}
