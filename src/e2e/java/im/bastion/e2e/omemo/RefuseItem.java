// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.server.inside.InsideTask;
import java.sql.Connection;
import java.sql.Statement;
import org.jivesoftware.database.DbConnectionManager;

/** From now on the database refuses published items of this id, a number. */
public final class RefuseItem implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        int id = Integer.parseInt(arguments[0]);
        try (Connection connection = DbConnectionManager.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE ofPubsubItem ADD CONSTRAINT refused_" + id + " CHECK (id <> '" + id + "')");
        }
        return "";
    }
}
