// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.inside.InsideTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Takes Bastion's tables of policies and records away under its feet ("away"), or brings them back ("back"). */
public final class RenameTables implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        boolean away = arguments[0].equals("away");
        try (Connection connection = BoundHost.now().database().connection();
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {"ofBastionRecord", "ofBastionPolicy"}) {
                String from = away ? table : table + "Away";
                String to = away ? table + "Away" : table;
                statement.executeUpdate("ALTER TABLE " + from + " RENAME TO " + to);
            }
        } catch (SQLException e) {
            return e.getMessage();
        }
        return "";
    }
}
