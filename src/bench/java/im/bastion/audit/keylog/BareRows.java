// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.host.Database;
import im.bastion.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The least that anything durable costs on a database: a row of a leaf's size, inserted and committed by itself. */
final class BareRows {
    private static final int BYTES = 128;

    private final Database database;
    private long rows;

    BareRows(Database database) throws SQLException {
        this.database = database;
        boolean unused = Transaction.run(database, connection -> {
            try (Statement create = connection.createStatement()) {
                return create.execute("CREATE CACHED TABLE bareRow (id BIGINT PRIMARY KEY, bytes VARBINARY(128))");
            }
        });
    }

    /** Inserts that many, each in a transaction of its own. */
    void insert(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            int unused = Transaction.run(database, connection -> {
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO bareRow (id, bytes) VALUES (?, ?)")) {
                    insert.setLong(1, rows++);
                    insert.setBytes(2, new byte[BYTES]);
                    return insert.executeUpdate();
                }
            });
        }
    }
}
