// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.host.ServerSession.Direction;
import im.bastion.metric.Counters;
import im.bastion.policy.Mode;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reports what the guard did without flooding the audit log: the first decision of a kind at once, those that follow as
 * one count a minute. Keeps at most 10,000 kinds; what is beyond is counted together. Thread-safe, never blocks.
 */
final class DecisionLog {
    private static final int MAX_KINDS = 10_000;

    private enum Action {
        STANZA_REFUSED("stanza-refused"),
        SESSION_CLOSED("session-closed");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    /** What makes two decisions the same news. */
    private record Kind(Action action, Direction direction, String domain, PeerVerdict verdict) {}

    private final Map<Kind, LongAdder> repeats = new ConcurrentHashMap<>();
    private final LongAdder beyond = new LongAdder();
    private final AuditTrail audit;
    private final Clock clock;
    private final LongAdder refused;
    private final LongAdder wouldRefuse;
    private final LongAdder closed;

    DecisionLog(AuditTrail audit, Counters counters, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        this.refused = counters.counter("federation.refused");
        this.wouldRefuse = counters.counter("federation.would-refuse");
        this.closed = counters.counter("federation.sessions-closed");
    }

    /** A stanza met an objection, in observe or in enforce. */
    void refused(Direction direction, String domain, PeerVerdict verdict) {
        (verdict.standing() == PeerVerdict.Standing.REFUSED ? refused : wouldRefuse).increment();
        report(new Kind(Action.STANZA_REFUSED, direction, domain, verdict));
    }

    /** A session on which nothing is allowed was closed. */
    void closed(Direction direction, String domain, PeerVerdict verdict) {
        closed.increment();
        report(new Kind(Action.SESSION_CLOSED, direction, domain, verdict));
    }

    /** Reports the counts since the last call; to be called once a minute. */
    void flush() {
        repeats.forEach((kind, count) -> {
            long more = count.sumThenReset();
            if (more > 0) {
                record(kind, more + " more of these: ");
            } else {
                repeats.remove(kind);
            }
        });
        long others = beyond.sumThenReset();
        if (others > 0) {
            audit.record(new AuditEvent(
                    clock.instant(),
                    "federation",
                    "bastion",
                    Action.STANZA_REFUSED.word,
                    "other domains",
                    null,
                    0,
                    Mode.ENFORCE,
                    others + " decisions about more domains than are listed one by one"));
        }
    }

    private void report(Kind kind) {
        LongAdder known = repeats.get(kind);
        if (known == null && repeats.size() >= MAX_KINDS) {
            beyond.increment();
            return;
        }
        if (known == null) {
            known = repeats.putIfAbsent(kind, new LongAdder());
        }
        if (known == null) {
            record(kind, "");
        } else {
            known.increment();
        }
    }

    private void record(Kind kind, String count) {
        PeerVerdict verdict = kind.verdict();
        String way = kind.direction() == Direction.INCOMING ? "from " : "to ";
        audit.record(new AuditEvent(
                clock.instant(),
                "federation",
                "bastion",
                kind.action().word,
                kind.domain(),
                verdict.rule(),
                verdict.ruleVersion(),
                verdict.standing() == PeerVerdict.Standing.REFUSED ? Mode.ENFORCE : Mode.OBSERVE,
                count + way + kind.domain() + ": " + verdict.reason()));
    }
}
