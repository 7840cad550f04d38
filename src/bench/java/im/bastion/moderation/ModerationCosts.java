// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import com.sun.management.ThreadMXBean;
import im.bastion.bench.Figure;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.book.RuleTypes;
import im.bastion.moderation.event.Acquaintances;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.Senders;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * What it costs to read and judge one message to a room, from the stanza to the verdict, with so many rules: half of them
 * phrases, half regular expressions. Beside it, in the same rounds, the same rules as a loop over {@code java.util.regex}
 * patterns, as a filter without an index has it.
 */
public final class ModerationCosts {
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 300_000;
    private static final int CALLS = 20_000;
    private static final double WANTED_RATIO = 20;
    private static final double WANTED_P99_NANOS = 50_000;
    private static final JID ROOM = new JID("den@conference.home.example");
    private static final JID SENDER = new JID("kim@away.example/phone");
    private static final List<String> TEXTS = List.of(
            "Shall we meet at nine near the old station, or is that too early for everybody?",
            "Wollen wir uns um neun am alten Bahnhof treffen, oder wäre das für alle zu früh?",
            "the build is green again, see https://ci.example.org/job/42 for the log (12.3 MB)",
            "我们九点在旧车站附近见面吧,还是对大家来说太早了?我带咖啡和一些面包来。");

    /** Keeps the compiler from leaving out what nobody looks at. */
    private static final LongAdder SINK = new LongAdder();

    private ModerationCosts() {}

    /** Measures with 0, 10 and 1,000 rules and with lists of 100,000 entries. */
    public static List<Figure> measure() {
        List<Figure> figures = new ArrayList<>();
        for (int rules : new int[] {0, 10, 1_000}) {
            add(figures, rules + " rules", rules(rules), patterns(rules), rules == 1_000);
        }
        add(figures, "100000 list entries", longLists(), List.of(), false);
        return figures;
    }

    private static void add(
            List<Figure> figures, String name, List<PolicyRow> rows, List<Pattern> loop, boolean isGoal) {
        MemoryHost host = new MemoryHost();
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(rows);
        if (!book.problems().isEmpty() || book.rules().size() != rows.size()) {
            throw new IllegalStateException(book.problems().toString());
        }
        ModerationEngine engine = new ModerationEngine(new RuleWatch());
        Senders senders = new Senders(host.rooms(), host.users(), "home.example", Acquaintances.NONE);
        List<Message> messages = messages();
        Runnable[] ours = new Runnable[messages.size()];
        Runnable[] theirs = new Runnable[messages.size()];
        for (int i = 0; i < ours.length; i++) {
            Message message = messages.get(i);
            ours[i] = () -> {
                RoomEvent event = RoomEvents.of(1, message, SENDER, ROOM, 0, 0);
                SINK.add(engine.judge(event, senders.of(event), book.candidates(event), Mode.ENFORCE)
                        .size());
            };
            theirs[i] = () -> {
                String body = message.getBody();
                for (Pattern pattern : loop) {
                    SINK.add(pattern.matcher(body).find() ? 1 : 0);
                }
            };
        }
        Times mine = new Times();
        Times other = new Times();
        for (int round = 0; round <= ROUNDS; round++) {
            int calls = round == 0 ? WARM_UP : CALLS;
            Times of = round == 0 ? new Times() : mine;
            of.run(ours, calls);
            Times beside = round == 0 ? new Times() : other;
            beside.run(theirs, loop.size() > 100 ? calls / 20 : calls);
        }
        boolean compared = isGoal;
        figures.add(new Figure(
                name + " p50",
                mine.p50(),
                "ns",
                compared ? other.p50() : Double.NaN,
                compared ? "java.util.regex loop" : "",
                compared ? other.p50() / WANTED_RATIO : Double.NaN,
                ROUNDS,
                mine.spread()));
        figures.add(new Figure(
                name + " p99",
                mine.p99(),
                "ns",
                compared ? other.p99() : Double.NaN,
                compared ? "java.util.regex loop" : "",
                isGoal ? WANTED_P99_NANOS : Double.NaN,
                ROUNDS,
                0));
        figures.add(new Figure(name + " allocates", mine.bytes(), "B", Double.NaN, "", Double.NaN, ROUNDS, 0));
    }

    /** Rounds of one thing. */
    private static final class Times {
        private final List<double[]> rounds = new ArrayList<>();
        private double bytes;

        void run(Runnable[] calls, int count) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            double[] nanos = new double[count];
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < count; i++) {
                long begin = System.nanoTime();
                calls[i % calls.length].run();
                nanos[i] = System.nanoTime() - begin;
            }
            bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / count;
            Arrays.sort(nanos);
            rounds.add(nanos);
        }

        double p50() {
            return median(0.5);
        }

        double p99() {
            return median(0.99);
        }

        double bytes() {
            return bytes;
        }

        double spread() {
            double[] all =
                    rounds.stream().mapToDouble(r -> r[r.length / 2]).sorted().toArray();
            return (all[all.length - 1] - all[0]) / all[all.length / 2];
        }

        private double median(double part) {
            double[] all = rounds.stream()
                    .mapToDouble(r -> r[(int) (r.length * part)])
                    .sorted()
                    .toArray();
            return all[all.length / 2];
        }
    }

    private static List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (String text : TEXTS) {
            Message message = new Message();
            message.setType(Message.Type.groupchat);
            message.setBody(text);
            messages.add(message);
        }
        return messages;
    }

    private static List<PolicyRow> rules(int count) {
        List<PolicyRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String body = i % 2 == 0
                    ? "{\"type\":\"listed-phrase\",\"phrases\":[\"" + phrase(i) + "\"]}"
                    : "{\"type\":\"pattern\",\"patterns\":[\"" + pattern(i).replace("\\", "\\\\") + "\"]}";
            rows.add(row("moderation.rule-" + i, body));
        }
        return rows;
    }

    private static List<Pattern> patterns(int count) {
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String source = i % 2 == 0 ? "\\b" + Pattern.quote(phrase(i)) + "\\b" : pattern(i);
            patterns.add(Pattern.compile(source, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        }
        return patterns;
    }

    private static List<PolicyRow> longLists() {
        List<PolicyRow> rows = new ArrayList<>();
        for (int list = 0; list < 50; list++) {
            StringBuilder phrases = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                phrases.append(i == 0 ? "" : ",")
                        .append('"')
                        .append(phrase(list * 2_000 + i))
                        .append('"');
            }
            rows.add(row("moderation.list-" + list, "{\"type\":\"listed-phrase\",\"phrases\":[" + phrases + "]}"));
        }
        return rows;
    }

    private static PolicyRow row(String id, String body) {
        return new PolicyRow(new RuleId(id), 1, Mode.ENFORCE, body, "bench", Instant.EPOCH);
    }

    private static String phrase(int i) {
        return List.of("cheap", "casino", "winner", "crypto", "replica").get(i % 5) + " offer " + i;
    }

    private static String pattern(int i) {
        return "pills" + i + "\\s+(now|today)[!.]*";
    }
}
