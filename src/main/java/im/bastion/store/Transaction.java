// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** Work on the database that happens whole or not at all. */
public final class Transaction {
    /** What is done with the connection; commits and closes nothing itself. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private Transaction() {}

    /**
     * Runs the work and commits.
     *
     * @throws SQLException when the database is out of reach or refused. Nothing has changed then, except when the
     *     connection was lost during the commit itself: then nobody knows.
     */
    public static <T> T run(Database database, Work<T> work) throws SQLException {
        try (Connection connection = connect(database)) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.with(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
            connection.setAutoCommit(true);
            return result;
        }
    }

    private static Connection connect(Database database) throws SQLException {
        try {
            return database.connection();
        } catch (RuntimeException e) {
            // A server's pool that is closed or not set up answers with whatever comes to its mind.
            throw new SQLException("The server's connection pool failed: " + e, e);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
