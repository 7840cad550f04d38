// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.HostException;
import im.bastion.moderation.reputation.BlockLists.LocalEntry;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.store.RecordPages;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/** What people of this server have decided about accounts and domains; published where they want that. */
final class LocalList {
    private static final String KIND = "list-entry";

    private final Records records;
    private final AuditTrail audit;
    private final Clock clock;
    private final OwnList published;
    private final Map<String, LocalEntry> entries = new ConcurrentHashMap<>();

    LocalList(Records records, AuditTrail audit, Clock clock, OwnList published) {
        this.records = records;
        this.audit = audit;
        this.clock = clock;
        this.published = published;
    }

    /** Reads what was decided before; waits for the database. */
    void load() throws SQLException {
        RecordPages.read(records, KIND, Integer.MAX_VALUE, row -> {
            LocalEntry entry = LocalEntries.of(row);
            entries.putIfAbsent(entry.subject(), entry);
        });
    }

    /** What was decided about the person, or else about the server; null when nothing was. From memory. */
    LocalEntry about(JID person) {
        if (entries.isEmpty()) {
            return null;
        }
        LocalEntry entry = entries.get(person.toBareJID());
        return entry == null ? entries.get(person.getDomain()) : entry;
    }

    /** Newest first. */
    List<LocalEntry> all() {
        return entries.values().stream()
                .sorted(Comparator.comparing(LocalEntry::at).reversed())
                .toList();
    }

    /** Decides; waits for the database. */
    void add(String subject, boolean blocked, String reason, String by) {
        String name = subject(subject);
        LocalEntry entry = new LocalEntry(name, blocked, reason, by, clock.instant());
        try {
            records.put(List.of(LocalEntries.row(KIND, entry)));
        } catch (SQLException e) {
            throw new HostException("The entry could not be stored: " + e.getMessage(), e);
        }
        entries.put(name, entry);
        audit("list-entry-added", name, by, blocked);
        if (blocked) {
            published.publish(List.of(entry));
        } else {
            published.retract(name);
        }
    }

    /** Takes a decision back; false when there was none. Waits for the database. */
    boolean remove(String subject, String by) {
        String name = subject(subject);
        LocalEntry entry = entries.remove(name);
        if (entry == null) {
            return false;
        }
        try {
            boolean unused = records.delete(KIND, Scopes.of(name));
        } catch (SQLException e) {
            entries.put(name, entry);
            throw new HostException("The entry could not be taken away: " + e.getMessage(), e);
        }
        published.retract(name);
        audit("list-entry-removed", name, by, entry.blocked());
        return true;
    }

    /** Publishes all that is blocked, or takes the published list away, as is wanted now. */
    void publishAsWanted() {
        if (published.isPublished()) {
            published.publish(all().stream().filter(LocalEntry::blocked).toList());
        } else {
            published.withdraw();
        }
    }

    private void audit(String action, String subject, String by, boolean blocked) {
        audit.record(new AuditEvent(
                clock.instant(),
                "moderation",
                by,
                action,
                subject,
                null,
                0,
                Mode.ENFORCE,
                "{\"blocked\":" + blocked + "}"));
    }

    private static String subject(String written) {
        try {
            JID jid = new JID(written.strip().toLowerCase(Locale.ROOT));
            if (jid.getResource() == null) {
                return jid.toString();
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for a full JID.
        }
        throw new IllegalArgumentException("\"subject\" must be an account such as name@example.org or a domain");
    }
}
