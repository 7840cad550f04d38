// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.host.Host;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.StringJoiner;

/**
 * The host's log of all rooms as it is in the database, oldest first, one row a line: time, nickname, subject, body and
 * stanza, with a bar between them; line breaks as "\n". With the argument "flush" what waits is written first.
 */
public final class LoggedRows implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        Host host = BoundHost.now();
        if (arguments.length > 0) {
            new OpenfireStage(host).writeLogs();
        }
        StringJoiner rows = new StringJoiner("\n");
        try (Connection connection = host.database().connection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT logTime, nickname, subject, body, stanza FROM ofMucConversationLog ORDER BY logTime");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                StringJoiner columns = new StringJoiner("|");
                for (int i = 1; i <= 5; i++) {
                    columns.add(String.valueOf(row.getString(i)).replace("\n", "\\n"));
                }
                rows.add(columns.toString());
            }
        }
        return rows.toString();
    }
}
