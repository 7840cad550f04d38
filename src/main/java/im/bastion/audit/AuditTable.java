// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.store.TextColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The statements on ofBastionAudit and ofBastionAuditHead. */
final class AuditTable {
    private static final int COLUMN_COUNT = AuditRow.COLUMNS.split(",").length;

    private final TextColumns text;

    AuditTable(TextColumns text) {
        this.text = text;
    }

    /**
     * Takes the end of the chain for the rest of the transaction; who comes at the same time, from this node or another,
     * waits until it ends. Comes before any reading in the transaction, which on MySQL would otherwise go on seeing what
     * was there before the wait.
     */
    ChainHead lockHead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A real change: InnoDB takes no notice of one that changes nothing. And not SELECT FOR UPDATE, which does
            // not make others wait on HSQLDB.
            statement.executeUpdate("UPDATE ofBastionAuditHead SET locked = locked + 1 WHERE id = 1");
        }
        return head(connection);
    }

    /** Puts the entries after the head, which the caller has locked. */
    void append(Connection connection, ChainHead head, List<PendingEntry> entries) throws SQLException {
        ChainHead last = head;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ofBastionAudit (" + AuditRow.COLUMNS + ") VALUES (" + parameters(COLUMN_COUNT) + ")")) {
            for (PendingEntry pending : entries) {
                AuditEntry entry = HashChain.next(last, pending);
                AuditRow.of(entry).bind(insert, text);
                insert.addBatch();
                last = ChainHead.at(entry);
            }
            if (!entries.isEmpty()) {
                insert.executeBatch();
            }
        }
        moveHead(connection, last);
    }

    /** Those of the entries that are not in the table. */
    List<PendingEntry> missing(Connection connection, List<PendingEntry> entries) throws SQLException {
        Set<String> known = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT entryId FROM ofBastionAudit WHERE entryId IN (" + parameters(entries.size()) + ")")) {
            int index = 1;
            for (PendingEntry entry : entries) {
                statement.setString(index++, entry.id().toString());
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    known.add(row.getString(1));
                }
            }
        }
        return entries.stream()
                .filter(entry -> !known.contains(entry.id().toString()))
                .toList();
    }

    ChainHead head(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT entryNumber, entryHash FROM ofBastionAuditHead WHERE id = 1")) {
            if (!row.next()) {
                throw new SQLException("The only row of table ofBastionAuditHead is missing");
            }
            return new ChainHead(row.getLong(1), row.getString(2));
        }
    }

    /** The newest entries before that sequence, newest first. */
    List<AuditEntry> before(Connection connection, long sequence, int count) throws SQLException {
        return read(connection, "entryNumber < ? ORDER BY entryNumber DESC", sequence, count);
    }

    /** The oldest entries after that sequence, oldest first. */
    List<AuditEntry> after(Connection connection, long sequence, int count) throws SQLException {
        return read(connection, "entryNumber > ? ORDER BY entryNumber", sequence, count);
    }

    private List<AuditEntry> read(Connection connection, String which, long sequence, int count) throws SQLException {
        List<AuditEntry> found = new ArrayList<>();
        // A number in the text and not setMaxRows: only what the planner knows keeps it from sorting the whole table.
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + AuditRow.COLUMNS + " FROM ofBastionAudit WHERE " + which + " LIMIT " + count)) {
            statement.setLong(1, sequence);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(AuditRow.read(row, text).entry());
                }
            }
        }
        return found;
    }

    private static void moveHead(Connection connection, ChainHead head) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE ofBastionAuditHead SET entryNumber = ?, entryHash = ? WHERE id = 1")) {
            update.setLong(1, head.sequence());
            update.setString(2, head.hash());
            update.executeUpdate();
        }
    }

    private static String parameters(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
