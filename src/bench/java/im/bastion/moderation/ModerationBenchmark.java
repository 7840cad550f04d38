// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.consequence.Hit;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.rule.ModerationRules;
import im.bastion.moderation.rule.RuleBook;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** What it costs to read and judge one clean message to a room, from the stanza to the verdict. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ModerationBenchmark {
    private static final JID ROOM = new JID("den@conference.home.example");
    private static final JID SENDER = new JID("kim@away.example/phone");
    private static final List<String> WORDS =
            List.of("cheap", "pills", "casino", "bonus", "winner", "crypto", "loan", "replica", "watch", "free");

    /** How many phrases are listed. */
    @Param({"10", "1000"})
    public int phrases;

    /** What is said: 80 characters each. */
    @Param({
        "Shall we meet at nine near the old station, or is that too early for everybody?",
        "Wollen wir uns um neun am alten Bahnhof treffen, oder wäre das für alle zu früh?"
    })
    public String text;

    private final MemoryHost host = new MemoryHost();
    private final ModerationEngine engine = new ModerationEngine(host.rooms(), host.users());
    private RuleBook book;
    private Message message;

    /** Lists the phrases, each of three words and a number. */
    @Setup
    public void setUp() {
        String body = IntStream.range(0, phrases)
                .mapToObj(ModerationBenchmark::phrase)
                .collect(Collectors.joining(",", "{\"phrases\":[", "]}"));
        book = RuleBook.EMPTY.with(
                List.of(new PolicyRow(ModerationRules.ALL.get(0).id(), 1, Mode.ENFORCE, body, "bench", Instant.EPOCH)));
        message = new Message();
        message.setType(Message.Type.groupchat);
        message.setBody(text);
    }

    /** The whole way. */
    @Benchmark
    public List<Hit> judge() {
        return engine.judge(RoomEvents.of(message, SENDER, ROOM), book.rules(), Mode.ENFORCE);
    }

    private static String phrase(int index) {
        int size = WORDS.size();
        return '"'
                + WORDS.get(index % size)
                + ' '
                + WORDS.get(index / size % size)
                + ' '
                + WORDS.get(index / size / size % size)
                + ' '
                + index
                + '"';
    }
}
