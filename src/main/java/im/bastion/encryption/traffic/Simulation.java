// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.Finding;
import im.bastion.encryption.rule.RuleBook;
import im.bastion.encryption.rule.Words;
import im.bastion.encryption.traffic.Conversations.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a policy would have made of the messages of the last days. Pure. */
public final class Simulation {
    private static final int MAX_LINES = 50;

    /**
     * What one sender would have met.
     *
     * @param messages how many would have been refused, of all the sender wrote to that peer
     * @param why the first reason, as senders are told it
     */
    public record Line(String from, String to, long messages, long of, String why) {}

    /**
     * What would have been.
     *
     * @param conversations pairs that wrote to each other, in whichever direction
     * @param refused how many of them would have had a message refused
     * @param refusedNow the same for the policy it is compared with
     * @param lines those with the most messages refused, at most 50
     */
    public record Result(
            long conversations, long refused, long refusedNow, long messages, long messagesRefused, List<Line> lines) {}

    private record Pair(String one, String other) {
        static Pair of(End from, End to) {
            return from.address().compareTo(to.address()) < 0
                    ? new Pair(from.address(), to.address())
                    : new Pair(to.address(), from.address());
        }
    }

    private record Way(String from, String to) {}

    private static final class Count {
        private long messages;
        private long refused;
        private String why = "";
    }

    private Simulation() {}

    /**
     * Tries a policy.
     *
     * @param draft in which every rule acts
     * @param now the policy as it acts now
     * @param at the time for which grace is over
     */
    public static Result of(List<Seen> seen, RuleBook draft, RuleBook now, Instant at, String server) {
        Set<Pair> pairs = new HashSet<>();
        Set<Pair> refused = new HashSet<>();
        Set<Pair> refusedNow = new HashSet<>();
        Map<Way, Count> ways = new HashMap<>();
        for (Seen one : seen) {
            Pair pair = Pair.of(one.from(), one.to());
            pairs.add(pair);
            Count count =
                    ways.computeIfAbsent(new Way(one.from().address(), one.to().address()), w -> new Count());
            count.messages += one.messages();
            Finding finding = draft.judge(one.from(), one.to(), one.shown(), at);
            if (refuses(finding)) {
                refused.add(pair);
                count.refused += one.messages();
                count.why = count.why.isEmpty() ? Words.reason(finding, server) : count.why;
            }
            if (refuses(now.judge(one.from(), one.to(), one.shown(), at))) {
                refusedNow.add(pair);
            }
        }
        return new Result(
                pairs.size(),
                refused.size(),
                refusedNow.size(),
                ways.values().stream().mapToLong(count -> count.messages).sum(),
                ways.values().stream().mapToLong(count -> count.refused).sum(),
                lines(ways));
    }

    private static boolean refuses(Finding finding) {
        return finding != null && finding.kind() != Finding.Kind.NOT_PREFERRED;
    }

    private static List<Line> lines(Map<Way, Count> ways) {
        List<Line> lines = new ArrayList<>();
        ways.forEach((way, count) -> {
            if (count.refused > 0) {
                lines.add(new Line(way.from(), way.to(), count.refused, count.messages, count.why));
            }
        });
        lines.sort(Comparator.comparingLong(Line::messages)
                .reversed()
                .thenComparing(Line::from)
                .thenComparing(Line::to));
        return List.copyOf(lines.subList(0, Math.min(MAX_LINES, lines.size())));
    }
}
