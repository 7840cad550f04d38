// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One database on a real server. */
public final class TestDatabase implements Database {
    /** The scripts that the plugin's jar holds. */
    public static final Path SCRIPTS = Path.of("src/main/database");

    private final DatabaseServer server;
    private final Dialect dialect;
    private final String name;

    TestDatabase(DatabaseServer server, Dialect dialect, String name) {
        this.server = server;
        this.dialect = dialect;
        this.name = name;
    }

    @Override
    public Connection connection() throws SQLException {
        return server.connect(name);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    /** Has Openfire bring Bastion's tables to that version. */
    public boolean install(Path scripts, int version) {
        try (Connection connection = connection()) {
            return HostSchema.bringTo(connection, dialect, scripts, version);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Executes one statement behind Bastion's back; answers the number of rows it changed. */
    public int run(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The number that a query answers. */
    public long number(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void stop() {
        server.stop(name);
    }

    public void start() {
        server.start();
    }
}
