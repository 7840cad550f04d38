// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The documents in table ofBastionRecord. */
public final class RecordTable implements Records {
    private static final String COLUMNS = "SELECT kind, id, scope, changedAt, expiresAt, body FROM ofBastionRecord";
    private static final String NEWEST = COLUMNS + " WHERE kind = ? AND changedAt < ? ORDER BY changedAt DESC LIMIT ?";
    private static final String NEWEST_IN_SCOPE =
            COLUMNS + " WHERE kind = ? AND scope = ? AND changedAt < ? ORDER BY changedAt DESC LIMIT ?";
    /** In the order of the primary key, by its very words: else HSQLDB sorts all that follows for each page. */
    private static final String AFTER = COLUMNS + " WHERE kind = ? AND id > ? ORDER BY kind, id LIMIT ?";

    private static final String GET = COLUMNS + " WHERE kind = ? AND id = ?";
    private static final String DEAD = "SELECT kind, id FROM ofBastionRecord WHERE expiresAt <= ?";
    private static final String DELETE = "DELETE FROM ofBastionRecord WHERE kind = ? AND id = ?";
    private static final String INSERT =
            "INSERT INTO ofBastionRecord" + " (scope, changedAt, expiresAt, body, kind, id) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE ofBastionRecord SET scope = ?, changedAt = ?, expiresAt = ?, body = ? WHERE kind = ? AND id = ?";

    private final Database database;
    private final TextColumns text;

    public RecordTable(Database database) {
        this.database = database;
        this.text = new TextColumns(database.dialect());
    }

    @Override
    public Optional<Row> get(String kind, String id) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement select = connection.prepareStatement(GET)) {
                select.setString(1, kind);
                select.setString(2, id);
                return rows(select).stream().findFirst();
            }
        });
    }

    @Override
    public void put(List<Row> rows) throws SQLException {
        for (Row row : rows) {
            PolicyBody.parse(row.body());
        }
        int unused = Transaction.run(database, connection -> {
            for (Row row : rows) {
                if (write(connection, UPDATE, row) == 0) {
                    write(connection, INSERT, row);
                }
            }
            return rows.size();
        });
    }

    @Override
    public boolean delete(String kind, String id) throws SQLException {
        return Transaction.run(database, connection -> delete(connection, kind, id) > 0);
    }

    @Override
    public List<Row> newest(String kind, long before, int max) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setString(1, kind);
                select.setLong(2, before);
                select.setInt(3, within(max));
                return rows(select);
            }
        });
    }

    @Override
    public List<Row> newest(String kind, String scope, long before, int max) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST_IN_SCOPE)) {
                select.setString(1, kind);
                select.setString(2, scope);
                select.setLong(3, before);
                select.setInt(4, within(max));
                return rows(select);
            }
        });
    }

    @Override
    public List<Row> after(String kind, String id, int max) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement select = connection.prepareStatement(AFTER)) {
                select.setString(1, kind);
                select.setString(2, id);
                select.setInt(3, within(max));
                return rows(select);
            }
        });
    }

    @Override
    public long count(String kind) throws SQLException {
        return Transaction.run(database, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT COUNT(*) FROM ofBastionRecord WHERE kind = ?")) {
                select.setString(1, kind);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getLong(1) : 0L;
                }
            }
        });
    }

    @Override
    public int purge(long now, int max) throws SQLException {
        return Transaction.run(database, connection -> {
            int purged = 0;
            try (PreparedStatement select = connection.prepareStatement(DEAD)) {
                select.setMaxRows(within(max));
                select.setLong(1, now);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        purged += delete(connection, row.getString(1), row.getString(2));
                    }
                }
            }
            return purged;
        });
    }

    private int write(Connection connection, String statement, Row row) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            change.setString(1, row.scope());
            change.setLong(2, row.at());
            change.setLong(3, row.expiresAt());
            text.set(change, 4, row.body());
            change.setString(5, row.kind());
            change.setString(6, row.id());
            return change.executeUpdate();
        }
    }

    private static int delete(Connection connection, String kind, String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, kind);
            delete.setString(2, id);
            return delete.executeUpdate();
        }
    }

    private List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(
                        row.getString("kind"),
                        row.getString("id"),
                        row.getString("scope"),
                        row.getLong("changedAt"),
                        row.getLong("expiresAt"),
                        text.get(row, "body")));
            }
        }
        return rows;
    }

    private static int within(int max) {
        return Math.min(Math.max(max, 1), MAX_PAGE);
    }
}
