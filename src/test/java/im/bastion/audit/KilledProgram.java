// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static im.bastion.audit.AuditFixtures.event;

import im.bastion.host.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Records numbered events until it is killed, and says how many are in the database. For {@link AuditLogKillTest}. */
final class KilledProgram {
    private static final int MOST = 200_000;
    private static final int AHEAD = 500;

    private KilledProgram() {}

    /** Arguments: the database's JDBC address, the folder of the spool. */
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
        };
        AuditContext context = AuditFixtures.context(embedded, Path.of(args[1]));
        LongAdder written = context.counters().counter("audit.written");
        try (AuditLog log = new AuditLog(context)) {
            for (int i = 0; i < MOST; i++) {
                log.record(event("entry " + i));
                while (i - written.sum() > AHEAD) {
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                    System.out.println(written.sum());
                }
            }
        }
    }
}
