// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database;
import im.bastion.host.HostException;
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
    private static final String NODE =
            "SELECT persistItems FROM ofPubsubNode WHERE serviceID = ? AND nodeID = ? AND persistItems = 1";
    private static final String DELETE = "DELETE FROM ofPubsubItem WHERE serviceID = ? AND nodeID = ? AND id = ?";
    private static final String INSERT = "INSERT INTO ofPubsubItem"
            + " (serviceID, nodeID, id, jid, creationDate, payload) VALUES (?, ?, ?, ?, ?, ?)";

    /** Of several that collide one gets through, so that as many devices as an account has do so in as many attempts. */
    private static final int ATTEMPTS = 20;

    private final Database database;

    PepRows(Database database) {
        this.database = database;
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
        for (int attempt = 1; ; attempt++) {
            try {
                writeOnce(owner, nodeId, rows);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isCollision(e)) {
                    throw new HostException("The database did not take a published item: " + e.getMessage(), e);
                }
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

    private void writeOnce(JID owner, String nodeId, List<Row> rows) throws SQLException {
        try (Connection connection = database.connection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                requireNode(connection, owner, nodeId);
                replace(connection, owner, nodeId, lastOfEachId(rows));
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

    private static void requireNode(Connection connection, JID owner, String nodeId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NODE)) {
            select.setString(1, owner.toBareJID());
            select.setString(2, nodeId);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    throw new HostException("The database has no node that keeps its items under " + nodeId);
                }
            }
        }
    }

    private static void replace(Connection connection, JID owner, String nodeId, Collection<Row> rows)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                bind(delete, owner, nodeId, row);
                delete.addBatch();
                bind(insert, owner, nodeId, row);
                insert.setString(4, row.publisher().toString());
                insert.setString(5, String.format("%015d", row.creationMillis()));
                insert.setString(6, row.payload());
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, JID owner, String nodeId, Row row) throws SQLException {
        statement.setString(1, owner.toBareJID());
        statement.setString(2, nodeId);
        statement.setString(3, row.id());
    }

    private static Collection<Row> lastOfEachId(List<Row> rows) {
        Map<String, Row> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(row.id(), row));
        return last.values();
    }
}
