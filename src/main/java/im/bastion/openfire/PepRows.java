// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * The rows in which Openfire keeps published items, the same since 4.2. A row written here is what Openfire itself writes
 * some time later; it deletes before it inserts, so writing first does no harm.
 */
final class PepRows {
    private static final String ANY_NODE = "SELECT persistItems FROM ofPubsubNode WHERE serviceID = ? AND nodeID = ?";
    private static final String SUCH = " AND accessModel = ? AND persistItems = ? AND maxItems = ?";
    private static final String NODE = ANY_NODE + " AND persistItems = 1";
    private static final String DELETE = "DELETE FROM ofPubsubItem WHERE serviceID = ? AND nodeID = ? AND id = ?";
    private static final String INSERT = "INSERT INTO ofPubsubItem"
            + " (serviceID, nodeID, id, jid, creationDate, payload) VALUES (?, ?, ?, ?, ?, ?)";

    /** Of several that collide one gets through, so that as many devices as an account has do so in as many attempts. */
    private static final int ATTEMPTS = 20;

    private final Database database;

    PepRows(Database database) {
        this.database = database;
    }

    @FunctionalInterface
    private interface Change {
        void in(Connection connection) throws SQLException;
    }

    /** One row; the payload is null for an item without one. */
    record Row(String id, JID publisher, long creationMillis, String payload) {
        static Row of(Element item, JID publisher, long now) {
            List<Element> children = item.elements();
            return new Row(
                    item.attributeValue("id"),
                    publisher,
                    now,
                    children.isEmpty() ? null : children.get(0).asXML());
        }
    }

    /** Writes the rows in one transaction and returns when they are on the disk, with the node they belong to. */
    void write(JID owner, String nodeId, List<Row> rows) {
        change(connection -> {
            requireNode(connection, owner, nodeId);
            replace(connection, owner, nodeId, lastOfEachId(rows));
        });
    }

    /** Deletes the rows of these items in one transaction and returns when they are gone for good. */
    void delete(JID owner, String nodeId, List<String> ids) {
        change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                for (String id : ids) {
                    bind(delete, owner, nodeId, id);
                    delete.addBatch();
                }
                delete.executeBatch();
            }
        });
    }

    /**
     * Returns when it is on the disk that the node is so.
     *
     * @throws HostException when it is not
     */
    void require(JID owner, Pep.Node node) {
        change(connection -> {
            try (PreparedStatement select = connection.prepareStatement(ANY_NODE + SUCH)) {
                select.setString(1, owner.toBareJID());
                select.setString(2, node.id());
                select.setString(3, node.accessModel());
                select.setInt(4, node.persistent() ? 1 : 0);
                select.setInt(5, node.maxItems());
                try (ResultSet found = select.executeQuery()) {
                    if (!found.next()) {
                        throw new HostException("The database has no such node as " + node);
                    }
                }
            }
        });
    }

    /**
     * Returns when it is on the disk that there is no such node.
     *
     * @throws HostException when there is one
     */
    void requireGone(JID owner, String nodeId) {
        change(connection -> {
            if (exists(connection, ANY_NODE, owner, nodeId)) {
                throw new HostException("The database still has the node " + nodeId);
            }
        });
    }

    private void change(Change change) {
        for (int attempt = 1; ; attempt++) {
            try {
                changeOnce(change);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isCollision(e)) {
                    throw new HostException("The database did not take a change of items: " + e.getMessage(), e);
                }
            }
        }
    }

    private void changeOnce(Change change) throws SQLException {
        try (Connection connection = database.connection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                change.in(connection);
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
        }
    }

    /**
     * Whether somebody else wrote the same item at the same time: its row was not there to be deleted, and then was in the
     * way (SQLSTATE class 23), or one of the two had to give way (class 40).
     */
    private static boolean isCollision(SQLException e) {
        for (SQLException cause = e; cause != null; cause = cause.getNextException()) {
            String state = cause.getSQLState();
            if (state != null && (state.startsWith("23") || state.startsWith("40"))) {
                return true;
            }
        }
        return false;
    }

    private static void requireNode(Connection connection, JID owner, String nodeId) throws SQLException {
        if (!exists(connection, NODE, owner, nodeId)) {
            throw new HostException("The database has no node that keeps its items under " + nodeId);
        }
    }

    private static boolean exists(Connection connection, String query, JID owner, String nodeId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, owner.toBareJID());
            select.setString(2, nodeId);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void replace(Connection connection, JID owner, String nodeId, Collection<Row> rows)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                bind(delete, owner, nodeId, row.id());
                delete.addBatch();
                bind(insert, owner, nodeId, row.id());
                insert.setString(4, row.publisher().toString());
                insert.setString(5, String.format("%015d", row.creationMillis()));
                insert.setString(6, row.payload());
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, JID owner, String nodeId, String id) throws SQLException {
        statement.setString(1, owner.toBareJID());
        statement.setString(2, nodeId);
        statement.setString(3, id);
    }

    private static Collection<Row> lastOfEachId(List<Row> rows) {
        Map<String, Row> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(row.id(), row));
        return last.values();
    }
}
