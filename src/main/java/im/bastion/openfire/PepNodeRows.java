// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rows in which Openfire keeps nodes, the same since 4.2. Account nodes are those of a service with an at sign. */
final class PepNodeRows implements PepNodes {
    private static final String COLUMNS =
            "SELECT serviceID, nodeID, accessModel, persistItems, maxItems, maxPayloadSize FROM ofPubsubNode";
    // The first comparison alone lets every database begin in its index where the last page ended.
    private static final String AFTER = " AND serviceID >= ? AND (serviceID > ? OR nodeID > ?)";
    private static final String ORDER = " ORDER BY serviceID, nodeID LIMIT ?";
    private static final String REPLACE = "UPDATE ofPubsubNode"
            + " SET accessModel = ?, persistItems = ?, maxItems = ?, maxPayloadSize = ?"
            + " WHERE serviceID = ? AND nodeID = ? AND accessModel = ? AND persistItems = ? AND maxItems = ?";

    private final Database database;
    private final Predicate<String> loaded;
    private final Runnable flush;

    /**
     * @param loaded whether the account of that bare JID is in the host's memory
     * @param flush has the host write what it holds back
     */
    PepNodeRows(Database database, Predicate<String> loaded, Runnable flush) {
        this.database = database;
        this.loaded = loaded;
        this.flush = flush;
    }

    @Override
    public void settle() {
        flush.run();
    }

    @Override
    public long count(List<String> beginnings) {
        try (Connection connection = database.connection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT COUNT(*) FROM ofPubsubNode" + where(beginnings))) {
            bind(select, beginnings);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new HostException("The database did not count the accounts' nodes: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Row> page(List<String> beginnings, Row after, int max) {
        String sql = COLUMNS + where(beginnings) + (after == null ? "" : AFTER) + ORDER;
        try (Connection connection = database.connection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            int next = bind(select, beginnings);
            if (after != null) {
                select.setString(next++, after.owner());
                select.setString(next++, after.owner());
                select.setString(next++, after.node().id());
            }
            select.setInt(next, Math.min(max, MAX_PAGE));
            return rows(select);
        } catch (SQLException e) {
            throw new HostException("The database did not give the accounts' nodes: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Change> replace(List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        try (Connection connection = database.connection()) {
            List<Change> done;
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                done = replace(connection, changes);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(before);
            }
            if (database.dialect() == Database.Dialect.HSQLDB) {
                HsqldbLog.force(connection);
            }
            return done;
        } catch (SQLException e) {
            throw new HostException("The database did not change the accounts' nodes: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isLoaded(String owner) {
        return loaded.test(owner);
    }

    private static List<Change> replace(Connection connection, List<Change> changes) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
            for (Change change : changes) {
                Pep.Node to = change.after().node();
                Pep.Node from = change.before().node();
                update.setString(1, to.accessModel());
                update.setInt(2, to.persistent() ? 1 : 0);
                update.setInt(3, to.maxItems());
                update.setInt(4, change.after().maxPayloadBytes());
                update.setString(5, change.before().owner());
                update.setString(6, from.id());
                update.setString(7, from.accessModel());
                update.setInt(8, from.persistent() ? 1 : 0);
                update.setInt(9, from.maxItems());
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            List<Change> done = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 1 || counts[i] == Statement.SUCCESS_NO_INFO) {
                    done.add(changes.get(i));
                }
            }
            return done;
        }
    }

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Pep.Node node = new Pep.Node(row.getString(2), row.getString(3), row.getInt(4) == 1, row.getInt(5));
                rows.add(new Row(row.getString(1), node, row.getInt(6)));
            }
        }
        return rows;
    }

    private static String where(List<String> beginnings) {
        return Collections.nCopies(beginnings.size(), "nodeID LIKE ?").stream()
                .collect(Collectors.joining(" OR ", " WHERE leaf = 1 AND serviceID LIKE '%@%' AND (", ")"));
    }

    private static int bind(PreparedStatement select, List<String> beginnings) throws SQLException {
        int next = 1;
        for (String beginning : beginnings) {
            select.setString(next++, beginning + "%");
        }
        return next;
    }
}
