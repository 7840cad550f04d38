// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jivesoftware.database.DbConnectionManager;

/** Openfire's connection pool. */
final class OpenfireDatabase implements Database {
    @Override
    public Connection connection() throws SQLException {
        Connection connection = DbConnectionManager.getConnection();
        if (connection == null) {
            throw new SQLException("The server's connection pool gave no connection");
        }
        return connection;
    }

    @Override
    public Dialect dialect() {
        // By name: later versions added constants to the enum, and compiled switches break on that.
        return switch (DbConnectionManager.getDatabaseType().name()) {
            case "postgresql", "cockroachdb" -> Dialect.POSTGRESQL;
            case "mysql", "mariadb" -> Dialect.MYSQL;
            default -> Dialect.HSQLDB;
        };
    }

    @Override
    public void settle() throws SQLException {
        if (dialect() == Dialect.HSQLDB) {
            try (Connection connection = connection()) {
                HsqldbLog.force(connection);
            }
        }
    }
}
