// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.message.Shown;
import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.Finding;
import im.bastion.encryption.rule.Stage;
import im.bastion.encryption.rule.Words;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.encryption.traffic.Conversations;
import im.bastion.encryption.traffic.Protection;
import im.bastion.encryption.traffic.Usage;
import im.bastion.metric.Counters;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the guard has seen and done: counted, and told in the audit log, the first decision of a kind at once, those that
 * follow as one number a minute. Nobody's address gets into the log, because its entries stay. Thread-safe, never waits.
 */
final class EncryptionRecord {
    private static final int MAX_KINDS = 10_000;
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    /** What makes two decisions the same news. */
    private record News(
            RuleId rule,
            int version,
            Stage stage,
            Finding.Kind kind,
            Scheme scheme,
            Leak leak,
            String from,
            String to) {
        static News of(Finding finding, End from, End to) {
            return new News(
                    finding.rule().id(),
                    finding.rule().version(),
                    finding.stage(),
                    finding.kind(),
                    finding.scheme(),
                    finding.leak(),
                    from.domain(),
                    place(to));
        }
    }

    /** One of them, and how often it came since it was last told. */
    private record Repeat(Finding finding, LongAdder count) {}

    private final Map<News, Repeat> repeats = new ConcurrentHashMap<>();
    private final Conversations conversations;
    private final Usage usage;
    private final Settings settings;
    private final AuditTrail audit;
    private final Clock clock;
    private final String server;
    private final LongAdder judged;
    private final LongAdder mislabelled;
    private final LongAdder refused;
    private final LongAdder warned;
    private final LongAdder wouldRefuse;

    EncryptionRecord(
            Conversations conversations,
            Usage usage,
            Settings settings,
            AuditTrail audit,
            Counters counters,
            Clock clock,
            String server) {
        this.conversations = conversations;
        this.usage = usage;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
        this.server = server;
        this.judged = counters.counter("encryption.judged");
        this.mislabelled = counters.counter("encryption.mislabelled");
        this.refused = counters.counter("encryption.refused");
        this.warned = counters.counter("encryption.warned");
        this.wouldRefuse = counters.counter("encryption.would-refuse");
    }

    /** A message of a conversation came in. */
    void seen(End from, End to, Shown shown, Instant now) {
        judged.increment();
        if (shown.isMislabelled()) {
            mislabelled.increment();
        }
        long day = Math.floorDiv(now.getEpochSecond(), DAY_SECONDS);
        if (settings.get(EncryptionSettings.REMEMBER_DAYS) > 0) {
            conversations.saw(day, from, to, shown);
        }
        Protection protection = Protection.of(shown);
        if (protection != null && settings.get(EncryptionSettings.STATISTICS_DAYS) > 0) {
            usage.saw(day, from.domain(), place(to), protection);
        }
    }

    /** A rule objected; what was done follows from its stage. */
    void found(Finding finding, End from, End to) {
        (switch (finding.stage()) {
                    case OBSERVE -> wouldRefuse;
                    case WARN -> warned;
                    case ENFORCE -> refused;
                })
                .increment();
        News news = News.of(finding, from, to);
        Repeat known = repeats.get(news);
        if (known == null && repeats.size() < MAX_KINDS) {
            known = repeats.putIfAbsent(news, new Repeat(finding, new LongAdder()));
            if (known == null) {
                report(news, finding, "");
                return;
            }
        }
        if (known != null) {
            known.count().increment();
        }
    }

    /** Reports the counts since the last call; to be called once a minute. */
    void flush() {
        repeats.forEach((news, repeat) -> {
            long more = repeat.count().sumThenReset();
            if (more > 0) {
                report(news, repeat.finding(), more + " more of these: ");
            } else {
                repeats.remove(news);
            }
        });
    }

    /** A room by its address, a person by the domain alone. */
    private static String place(End end) {
        return end.kind() == End.Kind.ROOM ? end.address() : end.domain();
    }

    private void report(News news, Finding finding, String count) {
        audit.record(new AuditEvent(
                clock.instant(),
                EncryptionGuard.NAME,
                "bastion",
                finding.stage() == Stage.WARN ? "sender-warned" : "message-refused",
                news.from() + " to " + news.to(),
                finding.rule().id(),
                finding.rule().version(),
                finding.stage() == Stage.OBSERVE ? Mode.OBSERVE : Mode.ENFORCE,
                count + Words.reason(finding, server)));
    }
}
