// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.server.inside.InsideTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.jivesoftware.database.DbConnectionManager;

/** Writes that many nodes of keys as Openfire 4.2 made them, three for each of many accounts that are not in memory. */
public final class StoreNodes implements InsideTask {
    private static final int BATCH = 1_000;
    private static final String[] NODES = {
        "eu.siacs.conversations.axolotl.devicelist",
        "eu.siacs.conversations.axolotl.bundles:1234567",
        "urn:xmpp:omemo:2:bundles"
    };
    private static final String INSERT = "INSERT INTO ofPubsubNode (serviceID, nodeID, leaf, creationDate,"
            + " modificationDate, deliverPayloads, maxPayloadSize, persistItems, maxItems, notifyConfigChanges,"
            + " notifyDelete, notifyRetract, presenceBased, sendItemSubscribe, publisherModel, subscriptionEnabled,"
            + " configSubscription, accessModel, creator) VALUES (?, ?, 1, '000000000000000', '000000000000000', 1, 5120,"
            + " 0, 1, 1, 1, 1, 0, 1, 'publishers', 1, 0, 'presence', ?)";

    @Override
    public String run(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        try (Connection connection = DbConnectionManager.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                String owner = "stored" + i / NODES.length + "@bastion.test";
                insert.setString(1, owner);
                insert.setString(2, NODES[i % NODES.length]);
                insert.setString(3, owner);
                insert.addBatch();
                if (i % BATCH == BATCH - 1 || i == count - 1) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
        }
        return "";
    }
}
