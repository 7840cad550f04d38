// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.statistics;

import im.bastion.audit.AuditEvent;
import im.bastion.store.Records;
import java.util.function.Consumer;

/**
 * What rules found and people decided: by rule for {@link #DAYS} days, up to 200 of them in one hour, and by room for a
 * day, up to 2,000 in one hour.
 */
public final class Statistics implements AutoCloseable {
    /** For how many days findings are known by rule. */
    public static final int DAYS = 31;

    private final Tally byRule;
    private final Tally byRoom;

    /** @param writer where what is to be kept is handed to; does not block */
    public Statistics(Consumer<Records.Row> writer) {
        byRule = new Tally("rule-hour", DAYS * 24, 200, writer);
        byRoom = new Tally("room-hour", 25, 2_000, writer);
    }

    /** Reads what was counted before; waits for the database. */
    public void load(Records records) {
        byRule.load(records);
        byRoom.load(records);
    }

    /** By the names of rules; what no rule did under the empty one. */
    public Tally byRule() {
        return byRule;
    }

    /** By the bare JIDs of rooms. */
    public Tally byRoom() {
        return byRoom;
    }

    /** Something happened in a room because of a rule. */
    public void count(long atMillis, String rule, String room, What what) {
        byRule.count(atMillis, rule, what);
        byRoom.count(atMillis, room, what);
    }

    /** Counts what the audit log tells: retractions and what people decide about cases. */
    public void note(AuditEvent event) {
        What what =
                switch (event.action()) {
                    case "message-retracted" -> What.RETRACTED;
                    case "case-overturned" -> What.OVERTURNED;
                    case "case-appealed" -> What.APPEALED;
                    default -> null;
                };
        if (what != null) {
            String rule = event.rule() == null ? "" : event.rule().value();
            count(event.at().toEpochMilli(), rule, event.subject(), what);
        }
    }

    @Override
    public void close() {
        byRule.close();
        byRoom.close();
    }
}
