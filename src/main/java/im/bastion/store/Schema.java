// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether Bastion's tables are there. The server creates and upgrades them from {@code database/} in the plugin's
 * jar when it loads the plugin, but loads the plugin all the same when a script fails.
 */
public final class Schema {
    /** The name of Bastion's row in the server's table of versions; the same as databaseKey in plugin.xml. */
    public static final String KEY = "bastion";

    /** The version this code needs; the same as databaseVersion in plugin.xml. */
    public static final int VERSION = 1;

    private static final int ALIVE_TIMEOUT_SECONDS = 2;
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("ofBastionPolicy", "ruleId, ruleVersion, ruleMode, body, author, changedAt");
        COLUMNS.put(
                "ofBastionAudit",
                "entryNumber, entryId, happenedAt, guard, actor, action, subject, ruleId, ruleVersion, ruleMode, detail,"
                        + " previousHash, entryHash");
        COLUMNS.put("ofBastionAuditHead", "id, entryNumber, entryHash, locked");
        COLUMNS.put("ofBastionRecord", "kind, id, scope, changedAt, expiresAt, body");
        COLUMNS.put("ofBastionKeyLeaf", "leafIndex, entry, subject, opening");
        COLUMNS.put("ofBastionKeyTile", "tileLevel, tileNumber, root, hashes");
        COLUMNS.put("ofBastionKeySize", "id, leaves, locked");
        COLUMNS.put("ofBastionKeySalt", "account, salt");
    }

    private Schema() {}

    /**
     * What is wrong with the tables, in words for the admin; empty when nothing is.
     *
     * @param connection in auto-commit mode
     * @throws SQLException when the connection is dead
     */
    public static Optional<String> problem(Connection connection) throws SQLException {
        Integer version = version(connection);
        if (version == null) {
            return Optional.of("Bastion's tables were not created" + advice());
        }
        if (version < VERSION) {
            return Optional.of("Bastion's tables are at version " + version + ", not " + VERSION + advice());
        }
        for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
            if (!canRead(connection, table.getKey(), table.getValue())) {
                return Optional.of("Table " + table.getKey() + " or one of its columns is missing" + advice());
            }
        }
        return Optional.empty();
    }

    private static String advice() {
        return ": the server could not run Bastion's database script. Its log names the statement (search for"
                + " SchemaManager). Does the database user have the right to create tables? Then reload the plugin.";
    }

    private static Integer version(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT version FROM ofVersion WHERE name = ?")) {
            statement.setString(1, KEY);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : null;
            }
        }
    }

    private static boolean canRead(Connection connection, String table, String columns) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT " + columns + " FROM " + table + " WHERE 1 = 0")) {
            return !none.next();
        } catch (SQLException e) {
            if (!connection.isValid(ALIVE_TIMEOUT_SECONDS)) {
                throw new SQLNonTransientConnectionException("The connection to the database was lost", e);
            }
            return false;
        }
    }
}
