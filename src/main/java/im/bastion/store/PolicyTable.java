// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements on ofBastionPolicy. Rows are only ever added. */
final class PolicyTable {
    private static final String COLUMNS = "ruleId, ruleVersion, ruleMode, body, author, changedAt";

    /** What changes whenever a version is added, cheap to ask for. */
    record Fingerprint(long rows, long newest) {}

    private final TextColumns text;

    PolicyTable(TextColumns text) {
        this.text = text;
    }

    Fingerprint fingerprint(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT COUNT(*), MAX(changedAt) FROM ofBastionPolicy");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Fingerprint(row.getLong(1), row.getLong(2));
        }
    }

    /** The newest version of each rule. */
    List<StoredPolicy> current(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM ofBastionPolicy p WHERE ruleVersion ="
                + " (SELECT MAX(q.ruleVersion) FROM ofBastionPolicy q WHERE q.ruleId = p.ruleId) ORDER BY ruleId")) {
            return read(statement);
        }
    }

    /** The version of that rule before the given one; null when there is none. */
    StoredPolicy before(Connection connection, String rule, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM ofBastionPolicy WHERE ruleId = ? AND ruleVersion < ? ORDER BY ruleVersion DESC")) {
            statement.setString(1, rule);
            statement.setInt(2, version);
            statement.setMaxRows(1);
            List<StoredPolicy> found = read(statement);
            return found.isEmpty() ? null : found.get(0);
        }
    }

    /** The newest version's number; 0 when there is none. */
    int newestVersion(Connection connection, String rule) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT MAX(ruleVersion) FROM ofBastionPolicy WHERE ruleId = ?")) {
            statement.setString(1, rule);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    void add(Connection connection, PolicyRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO ofBastionPolicy (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, row.rule().value());
            statement.setInt(2, row.version());
            statement.setString(3, row.mode().name());
            text.set(statement, 4, row.body());
            text.set(statement, 5, row.author());
            statement.setLong(6, row.at().toEpochMilli());
            statement.executeUpdate();
        }
    }

    private List<StoredPolicy> read(PreparedStatement statement) throws SQLException {
        List<StoredPolicy> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new StoredPolicy(
                        row.getString("ruleId"),
                        row.getInt("ruleVersion"),
                        row.getString("ruleMode"),
                        text.get(row, "body"),
                        text.get(row, "author"),
                        row.getLong("changedAt")));
            }
        }
        return found;
    }
}
