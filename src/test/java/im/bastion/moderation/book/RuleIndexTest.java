// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.Message;

class RuleIndexTest {
    private static final List<String> PARTS =
            List.of("buy", "pills", "casino", "с", "a", " ", ".", "b u y", "c4sino", "win", "now", "é", "x");

    @Test
    void whateverIsPassedOverWouldHaveFoundNothing() {
        Random random = new Random(5);
        List<PolicyRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String phrase = PARTS.get(random.nextInt(3)) + (i % 2 == 0 ? " " + PARTS.get(random.nextInt(3)) : "");
            String options =
                    switch (i % 5) {
                        case 1 -> ",\"leet\":true";
                        case 2 -> ",\"spaced\":true";
                        case 3 -> ",\"anywhere\":true";
                        case 4 -> ",\"lookalikes\":\"all\"";
                        default -> "";
                    };
            String body = i % 7 == 0
                    ? "{\"type\":\"pattern\",\"patterns\":[\"" + phrase.replace(" ", "[ .]?") + "\",\"win+ner\"]}"
                    : "{\"type\":\"listed-phrase\",\"phrases\":[\"" + phrase + "\"]" + options + "}";
            rows.add(new PolicyRow(new RuleId("moderation.r" + i), 1, Mode.ENFORCE, body, "test", Instant.EPOCH));
        }
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(rows);
        assertThat(book.problems()).isEmpty();
        RuleStage stage = new RuleStage();
        int found = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder words = new StringBuilder("w");
            for (int k = 0; k < 8; k++) {
                words.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            Message message = new Message();
            message.setType(Message.Type.groupchat);
            message.setBody(words.toString());
            RoomEvent event = stage.event(RuleStage.KIM, message);
            List<ActiveRule> worth = book.candidates(event);
            assertThat(worth).isSubsetOf(book.rules());
            for (ActiveRule active : book.rules()) {
                boolean finds = active.rule().judge(event, stage.senders().of(event)) instanceof RuleOutcome.Finding;
                found += finds ? 1 : 0;
                if (finds) {
                    assertThat(worth).as("%s about %s", active.id(), words).contains(active);
                }
            }
        }
        assertThat(found).isGreaterThan(500);
    }
}
