// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.host.RoomArchive;
import im.bastion.host.RoomArchive.Logged;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.event.Senders;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Tries a rule before it is in force: on a text, or on what was said in a room. The rule is a fresh one each time, so
 * nothing that counts for anybody is touched. Reads the database: not for the stanza path.
 */
public final class Trial {
    /** How many messages of a room are tried at most. */
    public static final int MAX_MESSAGES = 10_000;
    /** How many of those that would be stopped are shown. */
    public static final int MAX_EXAMPLES = 50;

    private static final int EXCERPT = 160;

    /**
     * What the rule would have stopped.
     *
     * @param excerpt the words, cut
     * @param begin where in the excerpt the evidence begins; -1 when it is about the message as a whole
     * @param end where it ends, exclusive
     */
    public record Example(Instant at, String nickname, String excerpt, int begin, int end, String fact) {}

    /**
     * What came of it.
     *
     * @param judged how many messages were looked at
     * @param stopped how many would have been stopped
     * @param spared how many of the others only because of who said them
     */
    public record Result(int judged, int stopped, int spared, List<Example> examples) {}

    private final RuleBook book;
    private final RoomArchive archive;
    private final Senders senders;

    public Trial(RuleBook book, RoomArchive archive, Senders senders) {
        this.book = book;
        this.archive = archive;
        this.senders = senders;
    }

    /** Tries the definition on something said by a stranger; null when it finds nothing. */
    public Example text(PolicyRow definition, JID room, String words) throws BrokenDefinition {
        ActiveRule active = book.read(definition);
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody(words);
        JID stranger = new JID("stranger", "invalid", "trial");
        RoomEvent event = RoomEvents.of(0, message, stranger, room, System.currentTimeMillis(), System.nanoTime());
        RuleOutcome outcome = event == null ? RuleOutcome.PASS : active.rule().judge(event, senders.of(event));
        return outcome instanceof RuleOutcome.Finding finding
                ? example(event, Instant.ofEpochMilli(event.atMillis()), "", finding.evidence())
                : null;
    }

    /** Tries the definition on the newest messages of the room up to that time. */
    public Result archive(PolicyRow definition, JID room, Instant until, int max) throws BrokenDefinition {
        ActiveRule active = book.read(definition);
        List<Logged> said = new ArrayList<>(archive.logged(room, Instant.EPOCH, until, Math.min(max, MAX_MESSAGES)));
        Collections.reverse(said);
        int judged = 0;
        int stopped = 0;
        int spared = 0;
        List<Example> examples = new ArrayList<>();
        for (Logged row : said) {
            RoomEvent event = event(row);
            if (event == null || row.nickname().isEmpty() || !active.scope().covers(event)) {
                continue;
            }
            judged++;
            Sender sender = senders.of(event);
            boolean reached = active.scope().reaches(sender);
            if (active.type().stateful() && !reached) {
                continue;
            }
            if (active.rule().judge(event, sender) instanceof RuleOutcome.Finding finding) {
                stopped += reached ? 1 : 0;
                spared += reached ? 0 : 1;
                if (reached && examples.size() < MAX_EXAMPLES) {
                    examples.add(example(event, row.at(), row.nickname(), finding.evidence()));
                }
            }
        }
        return new Result(judged, stopped, spared, List.copyOf(examples));
    }

    private static RoomEvent event(Logged row) {
        Message message = row.message();
        message.setType(Message.Type.groupchat);
        long millis = row.at().toEpochMilli();
        return RoomEvents.of(0, message, row.sender(), row.room(), millis, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static Example example(RoomEvent event, Instant at, String nickname, Evidence evidence) {
        for (RoomText text : event.texts()) {
            if (evidence.part() == null || evidence.part() == text.part()) {
                String words = text.original();
                int begin = Math.max(0, Math.min(evidence.begin(), words.length()) - EXCERPT / 2);
                String excerpt = words.substring(begin, Math.min(words.length(), begin + EXCERPT));
                boolean placed = evidence.begin() >= 0;
                return new Example(
                        at,
                        nickname,
                        excerpt,
                        placed ? Math.min(evidence.begin() - begin, excerpt.length()) : -1,
                        placed ? Math.min(evidence.end() - begin, excerpt.length()) : -1,
                        evidence.fingerprint());
            }
        }
        return new Example(at, nickname, "", -1, -1, evidence.fingerprint());
    }
}
