// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Honest talk of people who have been in the room for a day: code, addresses, scripts of the world, quotations, emoji,
 * words that hold a bad one. The proposed rules find next to nothing in it.
 */
class CleanCorpusTest {
    private static final int LINES = 6_000;
    private static final List<String> WORDS = List.of(
            "bridge",
            "coffee",
            "server",
            "Scunthorpe",
            "assassin",
            "Penistone",
            "analysis",
            "cockpit",
            "class",
            "therapist",
            "night",
            "window",
            "Essex",
            "grape",
            "button",
            "document",
            "cumulative",
            "shuttle",
            "hello",
            "tomorrow");
    private static final List<String> SENTENCES = List.of(
            "Wollen wir uns am %s treffen, oder ist %s besser für dich?",
            "Le %s est arrivé hier, mais le %s manque encore.",
            "¿Has visto el %s? Creo que el %s está roto.",
            "Ο %s είναι έτοιμος, αλλά ο %s όχι ακόμα.",
            "Вчера %s работал, а сегодня %s снова сломан.",
            "这个%s很好用,不过%s还需要修改一下。",
            "%sを試しましたが、%sはまだ動きません。",
            "هذا %s جيد ولكن %s يحتاج إلى تعديل",
            "ה-%s עובד, אבל ה-%s עדיין לא",
            "The %s works for me, the %s does not. Any ideas?",
            "> did you try the %s?\nyes, and the %s too",
            "if (%s == null) { throw new IllegalStateException(\"%s\"); }",
            "$ ls -la ~/%s | grep -v '%s' && echo $?",
            "SELECT * FROM %s WHERE id = 42 AND name LIKE '%%%s%%';",
            "see https://docs.example.org/%s/%s.html#part for details",
            "commit 9c36444: %s: fix the %s after a restart",
            "\uD83D\uDE00 %s \uD83C\uDF89\uD83C\uDF89 %s \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "NATO, EU and the USA agreed on %s; the UN on %s",
            "v1.2.3-rc.4+build.%s (2026-11-24) replaces %s",
            "@lee could you look at %s and %s when you have time?",
            "WTF, my %s just became a %s :D",
            "1) %s\n2) %s\n3) profit");

    private final RuleStage stage = new RuleStage();
    private final Random random = new Random(20261124);

    @Test
    void theProposedRulesFindNextToNothingInHonestTalk() {
        stage.know((room, person, now) -> 86_400_000);
        List<PolicyRow> rows = DefaultRules.ALL.stream()
                .map(one -> new PolicyRow(one.rule(), 1, Mode.ENFORCE, one.body(), "test", Instant.EPOCH))
                .toList();
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(rows);
        assertThat(book.problems()).isEmpty();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            String line = line(i);
            Message message = new Message();
            message.setType(Message.Type.groupchat);
            message.setBody(line);
            JID sender = new JID("p" + i % 40, "home" + i % 9 + ".example", "x", true);
            RoomEvent event = stage.after(700 + random.nextInt(2_000)).event(sender, message);
            Sender by = stage.senders().of(event);
            for (ActiveRule active : book.candidates(event)) {
                if (active.scope().covers(event)
                        && active.scope().reaches(by)
                        && active.rule().judge(event, by) instanceof RuleOutcome.Finding finding) {
                    found.add(active.id() + " " + finding.evidence().fingerprint() + ": " + line);
                }
            }
        }
        System.out.printf("clean corpus: %d of %d lines found: %s%n", found.size(), LINES, found);
        assertThat(found).hasSizeLessThan(LINES / 1_000);
    }

    private String line(int i) {
        if (i % 50 == 0) {
            byte[] bytes = new byte[60];
            random.nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        return SENTENCES.get(random.nextInt(SENTENCES.size())).formatted(word(), word());
    }

    private String word() {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return random.nextInt(3) == 0 ? word + random.nextInt(1_000) : word;
    }
}
