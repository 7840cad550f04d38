// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Database.Dialect;
import im.bastion.store.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Openfire's tables of nodes and items, with the columns that Bastion reads or writes. */
final class HostPepTables {
    private HostPepTables() {}

    static void make(TestDatabase database) {
        String text = database.dialect() == Dialect.MYSQL
                ? "MEDIUMTEXT CHARACTER SET utf8mb4"
                : database.dialect() == Dialect.POSTGRESQL ? "TEXT" : "LONGVARCHAR";
        database.run("CREATE TABLE ofPubsubNode (serviceID VARCHAR(100) NOT NULL, nodeID VARCHAR(100) NOT NULL,"
                + " leaf INTEGER NOT NULL, maxPayloadSize INTEGER, persistItems INTEGER, maxItems INTEGER,"
                + " accessModel VARCHAR(10) NOT NULL, PRIMARY KEY (serviceID, nodeID))");
        database.run("CREATE TABLE ofPubsubItem (serviceID VARCHAR(100) NOT NULL, nodeID VARCHAR(100) NOT NULL,"
                + " id VARCHAR(100) NOT NULL, jid VARCHAR(255) NOT NULL, creationDate CHAR(15) NOT NULL, payload "
                + text + ", PRIMARY KEY (serviceID, nodeID, id))");
    }

    static void node(
            TestDatabase database, String owner, String id, String access, int persist, int maxItems, int maxPayload)
            throws SQLException {
        try (Connection connection = database.connection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO ofPubsubNode (serviceID, nodeID,"
                        + " leaf, accessModel, persistItems, maxItems, maxPayloadSize) VALUES (?, ?, 1, ?, ?, ?, ?)")) {
            insert.setString(1, owner);
            insert.setString(2, id);
            insert.setString(3, access);
            insert.setInt(4, persist);
            insert.setInt(5, maxItems);
            insert.setInt(6, maxPayload);
            insert.executeUpdate();
        }
    }
}
