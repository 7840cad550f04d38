// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.TextColumns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** An entry as the table holds it: somebody may have been at it. */
record AuditRow(
        long sequence,
        String id,
        long at,
        String guard,
        String actor,
        String action,
        String subject,
        String rule,
        int ruleVersion,
        String mode,
        String detail,
        String previousHash,
        String hash) {
    static final String COLUMNS =
            "entryNumber, entryId, happenedAt, guard, actor, action, subject, ruleId, ruleVersion,"
                    + " ruleMode, detail, previousHash, entryHash";

    private static final UUID NO_ID = new UUID(0, 0);

    static AuditRow of(AuditEntry entry) {
        AuditEvent event = entry.event();
        return new AuditRow(
                entry.sequence(),
                entry.id().toString(),
                event.at().toEpochMilli(),
                event.guard(),
                event.actor(),
                event.action(),
                event.subject(),
                event.rule() == null ? null : event.rule().value(),
                event.ruleVersion(),
                event.mode().name(),
                event.detail(),
                entry.previousHash(),
                entry.hash());
    }

    static AuditRow read(ResultSet row, TextColumns text) throws SQLException {
        return new AuditRow(
                row.getLong("entryNumber"),
                row.getString("entryId"),
                row.getLong("happenedAt"),
                row.getString("guard"),
                text.get(row, "actor"),
                row.getString("action"),
                text.get(row, "subject"),
                row.getString("ruleId"),
                row.getInt("ruleVersion"),
                row.getString("ruleMode"),
                text.get(row, "detail"),
                row.getString("previousHash"),
                row.getString("entryHash"));
    }

    void bind(PreparedStatement insert, TextColumns text) throws SQLException {
        insert.setLong(1, sequence);
        insert.setString(2, id);
        insert.setLong(3, at);
        insert.setString(4, guard);
        text.set(insert, 5, actor);
        insert.setString(6, action);
        text.set(insert, 7, subject);
        insert.setString(8, rule);
        insert.setInt(9, ruleVersion);
        insert.setString(10, mode);
        text.set(insert, 11, detail);
        insert.setString(12, previousHash);
        insert.setString(13, hash);
    }

    /**
     * The entry. A row that no entry can have led to becomes an entry "entry-unreadable" in its place, which shows it on
     * the console and cannot pass the check of its hash.
     */
    AuditEntry entry() {
        try {
            AuditEvent event = new AuditEvent(
                    Instant.ofEpochMilli(at),
                    guard,
                    actor,
                    action,
                    subject,
                    rule == null ? null : new RuleId(rule),
                    ruleVersion,
                    Mode.valueOf(mode),
                    detail);
            AuditEntry entry = new AuditEntry(sequence, UUID.fromString(id), event, previousHash, hash);
            return of(entry).equals(this) ? entry : unreadable("a text is longer than any that is written");
        } catch (IllegalArgumentException e) {
            return unreadable(e.getMessage());
        }
    }

    private AuditEntry unreadable(String why) {
        AuditEvent event = new AuditEvent(
                Instant.ofEpochMilli(at), "audit", "", "entry-unreadable", "", null, 0, Mode.OFF, "Changed: " + why);
        return new AuditEntry(sequence, NO_ID, event, previousHash, hash);
    }
}
