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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class DefaultRulesTest {
    private static final int MESSAGES = 6_000;
    private static final int PEOPLE = 25;

    private final RuleStage stage = new RuleStage();
    private final RuleBook book = RuleBook.of(RuleTypes.ALL)
            .with(DefaultRules.ALL.stream()
                    .map(proposal ->
                            new PolicyRow(proposal.rule(), 1, proposal.mode(), proposal.body(), "admin", Instant.EPOCH))
                    .toList());

    @BeforeEach
    void everybodyHasBeenHereForADay() {
        stage.know((room, person, now) -> TimeUnit.DAYS.toMillis(1));
    }

    private List<String> findings(JID sender, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody(body);
        RoomEvent event = stage.event(sender, message);
        List<String> findings = new ArrayList<>();
        for (ActiveRule active : book.candidates(event)) {
            boolean found = active.scope().covers(event)
                    && active.scope().reaches(stage.senders().of(event))
                    && stage.judge(active.rule(), event) instanceof RuleOutcome.Finding;
            if (found) {
                findings.add(active.id().value());
            }
        }
        return findings;
    }

    @Test
    void canAllBeReadAndObserveUnlessPeopleDecideThem() {
        assertThat(book.problems()).isEmpty();
        assertThat(book.rules()).hasSameSizeAs(DefaultRules.ALL);
        assertThat(DefaultRules.ALL)
                .filteredOn(proposal -> proposal.mode() == Mode.ENFORCE)
                .extracting(DefaultRules.Proposal::rule)
                .containsExactly(new RuleId("moderation.own-list"));
    }

    /** Each says something every ten seconds or so, for an hour or two. */
    @Test
    void findNextToNothingInHonestTalk() {
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        List<String> talk = new CleanTalk(20_261_122).messages(MESSAGES);
        for (int i = 0; i < talk.size(); i++) {
            stage.after(1_500);
            lines += (int) talk.get(i).lines().count();
            // Not by turns: in the order of the kinds of talk everybody would only ever say one kind of thing.
            JID sender = new JID("person" + (i * 7 + i / 11) % PEOPLE + "@away.example/phone");
            for (String rule : findings(sender, talk.get(i))) {
                wrong.add(rule + ": " + talk.get(i));
            }
        }
        assertThat(lines).isGreaterThanOrEqualTo(5_000);
        System.out.printf(
                "Default rules on %,d clean lines in %,d messages: %d false%n", lines, MESSAGES, wrong.size());
        wrong.forEach(System.out::println);
        assertThat(wrong).hasSizeLessThan(MESSAGES / 1_000);
    }

    @Test
    void findWhatTheyAreFor() {
        assertThat(findings(RuleStage.KIM, "BUY CHEAP PILLS RIGHT HERE RIGHT NOW"))
                .contains("moderation.capitals");
        assertThat(findings(RuleStage.KIM, "hello @a @b @c @d @e @f @g @h @i @j @k"))
                .contains("moderation.mention");
        assertThat(findings(RuleStage.KIM, "x\n".repeat(100))).contains("moderation.length");
        stage.know((room, person, now) -> 0);
        assertThat(findings(RuleStage.KIM, "see http://evil.com")).contains("moderation.newcomer-links");
    }
}
