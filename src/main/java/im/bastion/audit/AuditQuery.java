// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.host.Database;
import im.bastion.store.TextColumns;
import im.bastion.store.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads the log out of the database. What waits in the spool is not in there yet. */
public final class AuditQuery {
    /** The most entries one call answers. */
    public static final int MAX_PAGE = 1_000;

    private final Database database;
    private final AuditTable table;

    public AuditQuery(Database database) {
        this.database = database;
        this.table = new AuditTable(new TextColumns(database.dialect()));
    }

    /** The newest entries, newest first. */
    public List<AuditEntry> latest(int count) throws SQLException {
        return before(Long.MAX_VALUE, count);
    }

    /** The newest entries before that sequence, newest first: the next page after {@link #latest}. */
    public List<AuditEntry> before(long sequence, int count) throws SQLException {
        int limit = Math.min(Math.max(count, 1), MAX_PAGE);
        return Transaction.run(database, connection -> table.before(connection, sequence, limit));
    }

    /** The end of the chain. */
    public ChainHead head() throws SQLException {
        return Transaction.run(database, table::head);
    }

    /**
     * Checks the whole log while it goes on growing; empty when it is as it was written. Reads every entry: minutes for
     * millions.
     */
    public Optional<AuditVerifier.Flaw> verify() throws SQLException {
        ChainHead head = head();
        try (Connection connection = database.connection()) {
            Optional<AuditVerifier.Flaw> flaw = AuditVerifier.verify(new Pages(connection, head.sequence()), head);
            return flaw.isPresent() ? flaw : Transaction.run(database, this::beyondTheEnd);
        } catch (UncheckedSqlException e) {
            throw e.cause;
        }
    }

    /** With the head locked nobody is writing, so an entry after it was put there by somebody else. */
    private Optional<AuditVerifier.Flaw> beyondTheEnd(Connection connection) throws SQLException {
        ChainHead head = table.lockHead(connection);
        List<AuditEntry> beyond = table.after(connection, head.sequence(), 1);
        return AuditVerifier.beyond(beyond.iterator());
    }

    /** The entries up to a sequence, a page at a time. */
    private final class Pages implements Iterator<AuditEntry> {
        private final Connection connection;
        private final long end;
        private final Deque<AuditEntry> page = new ArrayDeque<>();
        private long position;

        Pages(Connection connection, long end) {
            this.connection = connection;
            this.end = end;
            // Not zero: an entry inserted before the first is to be seen as well.
            this.position = Long.MIN_VALUE;
        }

        @Override
        public boolean hasNext() {
            if (page.isEmpty()) {
                try {
                    page.addAll(table.after(connection, position, MAX_PAGE));
                } catch (SQLException e) {
                    throw new UncheckedSqlException(e);
                }
            }
            return !page.isEmpty() && page.getFirst().sequence() <= end;
        }

        @Override
        public AuditEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            AuditEntry entry = page.removeFirst();
            position = entry.sequence();
            return entry;
        }
    }

    private static final class UncheckedSqlException extends RuntimeException {
        private final SQLException cause;

        UncheckedSqlException(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
