// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.host.memory.MemoryHost;
import im.bastion.host.memory.MemoryRooms;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.content.ListedPhraseRule;
import im.bastion.moderation.content.PatternRule;
import im.bastion.moderation.event.Acquaintances;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.Senders;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What it costs to read and judge one message to a room, from the stanza to what the rules find. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ModerationBenchmark {
    private static final JID ROOM = new JID("den", MemoryRooms.SERVICE, null);
    private static final JID SENDER = new JID("kim@away.example/phone");
    /** A definition has at most 64 KiB: long lists are of many rules. */
    private static final int LISTED_BY_ONE = 4_000;

    private static final int LISTS = 25;

    private static final List<String> WORDS =
            List.of("cheap", "pills", "casino", "bonus", "winner", "crypto", "loan", "replica", "watch", "free");

    private static final List<String> SAID = List.of(
            "Shall we meet at nine near the old station, or is that too early for everybody?",
            "Wollen wir uns um neun am alten Bahnhof treffen, oder wäre das für alle zu früh?",
            "Я думаю, что встретимся в девять на старом вокзале, если это не слишком рано.",
            "我们九点在老车站见面,好吗?对大家来说会不会太早?",
            "for (int i = 0; i < lines.size(); i++) { out.println(lines.get(i).strip()); }",
            "It is described at https://docs.example.org/guide/rooms.html#members, I think 😀",
            "You can watch it for free, but the replica in the museum costs 9 Euro",
            "ok");

    /** How many rules, half of them of one phrase, half of one pattern; or lists of so many phrases together. */
    @Param({"0", "10", "1000", "100000 phrases"})
    public String rules;

    private final MemoryHost host = new MemoryHost();
    private final Senders senders = new Senders(host.rooms(), host.users(), MemoryHost.DOMAIN, Acquaintances.NONE);
    private final ModerationEngine engine = new ModerationEngine(new RuleWatch());
    private final List<Message> messages = new ArrayList<>();
    private final List<Pattern> filters = new ArrayList<>();
    private final List<PolicyRow> rows = new ArrayList<>();
    private RuleBook book;
    private int next;

    /** Defines the rules, and the same as plain regular expressions. */
    @Setup
    public void setUp() {
        host.rooms().create("den", new JID("owner", MemoryHost.DOMAIN, null));
        host.rooms().enter(ROOM, SENDER, "Kim");
        if (rules.endsWith("phrases")) {
            for (int list = 0; list < LISTS; list++) {
                list(list * LISTED_BY_ONE);
            }
        } else {
            for (int i = 0; i < Integer.parseInt(rules); i++) {
                one(i);
            }
        }
        book = RuleBook.of(List.of(ListedPhraseRule.TYPE, PatternRule.TYPE)).with(rows);
        if (!book.problems().isEmpty()) {
            throw new IllegalStateException(book.problems().get(0));
        }
        for (String said : SAID) {
            Message message = new Message();
            message.setType(Message.Type.groupchat);
            message.setTo(ROOM);
            message.setBody(said);
            messages.add(message);
        }
    }

    /** The whole way. */
    @Benchmark
    public List<Hit> judge() {
        RoomEvent event = RoomEvents.of(1, said(), SENDER, ROOM, 0, 0);
        return engine.judge(event, senders.of(event), book.candidates(event), Mode.ENFORCE);
    }

    /** What a list of plain regular expressions costs: each is looked for in the body. */
    @Benchmark
    public boolean regexLoop() {
        String body = said().getBody();
        boolean found = false;
        for (Pattern filter : filters) {
            found |= filter.matcher(body).find();
        }
        return found;
    }

    private Message said() {
        return messages.get(next++ & (SAID.size() - 1));
    }

    private void one(int index) {
        String words = word(index) + " " + word(index / WORDS.size()) + " ";
        if (index % 2 == 0) {
            add("listed-phrase", "phrases", List.of(words + index));
            filters.add(Pattern.compile(Pattern.quote(words + index), Pattern.CASE_INSENSITIVE));
        } else {
            String pattern = "(get|buy) .{0,20}" + words + "[0-9]{1,3}x" + index + "[a-z]*";
            add("pattern", "patterns", List.of(pattern));
            filters.add(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
        }
    }

    private void list(int first) {
        List<String> phrases = IntStream.range(first, first + LISTED_BY_ONE)
                .mapToObj(i -> word(i).substring(0, 4) + " " + Integer.toString(i, 36))
                .toList();
        add("listed-phrase", "phrases", phrases);
        phrases.forEach(phrase -> filters.add(Pattern.compile(Pattern.quote(phrase), Pattern.CASE_INSENSITIVE)));
    }

    private void add(String type, String field, List<String> entries) {
        String body = entries.stream()
                .map(entry -> '"' + entry + '"')
                .collect(Collectors.joining(",", "{\"type\":\"" + type + "\",\"" + field + "\":[", "]}"));
        RuleId id = new RuleId("moderation.r" + rows.size());
        rows.add(new PolicyRow(id, 1, Mode.ENFORCE, body, "bench", Instant.EPOCH));
    }

    private static String word(int index) {
        return WORDS.get(index % WORDS.size());
    }
}
