// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** An HSQLDB of its own in memory, which can be taken away and given back. */
public final class MemoryDatabase implements Database, AutoCloseable {
    private final String url = "jdbc:hsqldb:mem:" + UUID.randomUUID();
    private volatile boolean down;

    @Override
    public Connection connection() throws SQLException {
        if (down) {
            throw new SQLException("The database is down because the test took it away");
        }
        return DriverManager.getConnection(url, "sa", "");
    }

    @Override
    public Dialect dialect() {
        return Dialect.HSQLDB;
    }

    /** From now on no connection is to be had; what is stored stays. */
    public void goDown() {
        down = true;
    }

    /** Connections are to be had again. */
    public void comeBack() {
        down = false;
    }

    @Override
    public void close() {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
