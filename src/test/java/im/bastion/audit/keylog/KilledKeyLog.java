// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.keylog.KeyLogFixtures.Node;
import im.bastion.host.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;

/** Logs numbered events until it is killed, and says how many leaves the last head is about. For {@link KeyLogKillTest}. */
final class KilledKeyLog {
    private static final int MOST = 500_000;
    private static final int AHEAD = 200;

    private KilledKeyLog() {}

    /** Arguments: the database's JDBC address, the data folder. */
    public static void main(String[] args) {
        Database embedded = new Database() {
            @Override
            public Connection connection() throws SQLException {
                return DriverManager.getConnection(args[0], "sa", "");
            }

            @Override
            public Dialect dialect() {
                return Dialect.HSQLDB;
            }

            /** As the real host does. */
            @Override
            public void settle() throws SQLException {
                try (Connection connection = connection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("SET FILES WRITE DELAY FALSE");
                    statement.execute("SET FILES WRITE DELAY 500 MILLIS");
                }
            }
        };
        try (Node node = new Node(embedded, Path.of(args[1]), HeadBoard.NONE, Clock.systemUTC())) {
            long told = 0;
            for (int i = 0; i < MOST; i++) {
                node.log.record(KeyLogFixtures.event(KeyLogFixtures.ROMEO, i));
                while (node.log.status().waiting() > AHEAD) {
                    LockSupport.parkNanos(100_000);
                }
                if (node.log.status().size() > told) {
                    told = node.log.status().size();
                    System.out.println(told);
                }
            }
        }
    }
}
