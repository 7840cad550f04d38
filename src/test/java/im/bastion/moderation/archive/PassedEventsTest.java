// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.archive.PassedEvents.Passed;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.RuleStage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class PassedEventsTest {
    private static final JID SAM = new JID("sam@away.example/desk");

    private final RuleStage stage = new RuleStage();
    private final PassedEvents passed = new PassedEvents();

    @Test
    void isFoundByItsKeyAndByTheRoomsId() {
        RoomEvent event = said(RuleStage.KIM);
        passed.passed(event, "sid-1");

        Passed expected = new Passed(event.key(), RuleStage.DEN, RuleStage.KIM.asBareJID(), event.atMillis(), "sid-1");
        assertThat(passed.find(event.key())).contains(expected);
        assertThat(passed.find(RuleStage.DEN, "sid-1")).contains(expected);
    }

    @Test
    void anIdOfAnotherRoomFindsNothing() {
        passed.passed(said(RuleStage.KIM), "sid-1");

        assertThat(passed.find(new JID("attic", RuleStage.DEN.getDomain(), null), "sid-1"))
                .isEmpty();
        assertThat(passed.find(RuleStage.DEN, "")).isEmpty();
    }

    @Test
    void learnsItsIdOnce() {
        RoomEvent event = said(RuleStage.KIM);
        passed.passed(event, "");
        passed.learn(event.key(), "sid-1");
        passed.learn(event.key(), "sid-2");
        passed.learn(event.key() + 1, "sid-3");

        assertThat(passed.find(RuleStage.DEN, "sid-1").map(Passed::key)).contains(event.key());
        assertThat(passed.find(RuleStage.DEN, "sid-2")).isEmpty();
        assertThat(passed.find(RuleStage.DEN, "sid-3")).isEmpty();
    }

    @Test
    void listsOnePersonsMessagesWhateverTheDevice() {
        passed.passed(said(RuleStage.KIM), "too-early");
        stage.after(60_000);
        long since = stage.now();
        passed.passed(said(RuleStage.KIM), "first");
        passed.passed(said(SAM), "somebody-else");
        passed.passed(said(RuleStage.KIM), "");
        passed.passed(said(new JID("kim@away.example/tablet")), "second");

        List<Passed> found = passed.of(RuleStage.DEN, RuleStage.KIM.asBareJID(), since);

        assertThat(found).extracting(Passed::stanzaId).containsExactly("first", "second");
    }

    @Test
    void forgetsTheOldestWhenItIsFull() {
        RoomEvent oldest = said(RuleStage.KIM);
        passed.passed(oldest, "oldest");
        for (int i = 1; i < PassedEvents.MAX_EVENTS; i++) {
            passed.passed(said(SAM), "sid-" + i);
        }
        assertThat(passed.find(RuleStage.DEN, "oldest")).isPresent();

        passed.passed(said(SAM), "one-more");

        assertThat(passed.find(RuleStage.DEN, "oldest")).isEmpty();
        assertThat(passed.find(oldest.key())).isEmpty();
        assertThat(passed.find(RuleStage.DEN, "sid-1")).isPresent();
        assertThat(passed.find(RuleStage.DEN, "one-more")).isPresent();
    }

    private RoomEvent said(JID sender) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody("hello");
        return stage.event(sender, message);
    }
}
