// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.host.Database;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** What the tests of the audit log are made of. */
final class AuditFixtures {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    /** Quick to try again, and keeping all in the spool: what a crash would find there is then the most there can be. */
    static final AuditLimits IMPATIENT = new AuditLimits(
            4_096,
            8L * 1024 * 1024,
            64,
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    private AuditFixtures() {}

    static AuditContext context(Database database, Path folder) {
        return new AuditContext(database, folder, new Health(CLOCK), new Counters(), CLOCK);
    }

    /** An event that can be told from others by its detail. */
    static AuditEvent event(String detail) {
        return new AuditEvent(
                CLOCK.instant(),
                "moderation",
                "bastion",
                "message-refused",
                "room@conference.example.org",
                new RuleId("moderation.listed-phrase"),
                3,
                Mode.ENFORCE,
                detail);
    }
}
