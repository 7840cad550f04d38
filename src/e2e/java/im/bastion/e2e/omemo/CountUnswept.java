// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.server.inside.InsideTask;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jivesoftware.database.DbConnectionManager;

/** How many of the nodes that {@link StoreNodes} wrote are still as they were. */
public final class CountUnswept implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        try (Connection connection = DbConnectionManager.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT COUNT(*) FROM ofPubsubNode WHERE serviceID LIKE 'stored%' AND accessModel = 'presence'")) {
            count.next();
            return count.getString(1);
        }
    }
}
