// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Room in the database for the largest item that a client publishes.
 * COMPAT(openfire<4.6): the embedded database takes 4,000 characters of an item, and a bundle of 100 prekeys has 6,000 or
 * more. Nobody noticed, because nodes kept nothing by default. The column is made larger, as 4.6 does when it upgrades, and
 * that upgrade finds nothing in its way. The other databases always had room.
 */
public final class PepPayloads {
    /** Characters that are room enough; the column gets, and has had since 4.6, more than ten times as many. */
    static final int ENOUGH = 1_000_000;

    private PepPayloads() {}

    /** Sees to it that there is room, and records whether there is. */
    public static void makeRoom(Database database, Probe probe) {
        String id = "pep.payloads";
        try {
            boolean widened = makeRoom(database);
            probe.present(id, "omemo", widened ? "ofPubsubItem.payload made larger" : "ofPubsubItem.payload as it is");
        } catch (SQLException e) {
            probe.missing(id, "omemo", "room for bundles in ofPubsubItem.payload: " + e.getMessage());
        }
    }

    /** Whether the column had to be changed for that. */
    static boolean makeRoom(Database database) throws SQLException {
        if (database.dialect() != Database.Dialect.HSQLDB) {
            return false;
        }
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            if (size(connection) >= ENOUGH) {
                return false;
            }
            statement.execute("ALTER TABLE ofPubsubItem ALTER COLUMN payload SET DATA TYPE LONGVARCHAR");
            return true;
        }
    }

    private static int size(Connection connection) throws SQLException {
        try (ResultSet column = connection.getMetaData().getColumns(null, null, "OFPUBSUBITEM", "PAYLOAD")) {
            if (!column.next()) {
                throw new SQLException("There is no such column");
            }
            return column.getInt("COLUMN_SIZE");
        }
    }
}
