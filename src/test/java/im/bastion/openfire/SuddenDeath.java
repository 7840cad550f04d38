// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** A process that writes to an HSQLDB, and dies without a word as soon as it was told that it is written. */
public final class SuddenDeath {
    private SuddenDeath() {}

    /** @param arguments the JDBC URL, and whether to force what was committed out */
    public static void main(String[] arguments) throws Exception {
        Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept(id INT)");
            // Long enough that it cannot come to pass by itself before the end.
            statement.execute("SET FILES WRITE DELAY 60");
            statement.execute("CREATE TABLE early(id INT)");
            letTheFirstWritePass(logOf(arguments[0]));
            statement.execute("INSERT INTO kept VALUES 1");
        }
        if (Boolean.parseBoolean(arguments[1])) {
            HsqldbLog.force(connection);
        }
        Runtime.getRuntime().halt(9);
    }

    /** A new delay begins with a write at once, on HSQLDB's own thread: it has been, or is seen, or does not come. */
    private static void letTheFirstWritePass(Path log) {
        try {
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> Files.exists(log) && Files.readString(log).contains("EARLY"));
        } catch (ConditionTimeoutException e) {
            System.out.println("The first write was before the table");
        }
    }

    private static Path logOf(String url) {
        return Path.of(url.substring("jdbc:hsqldb:file:".length(), url.indexOf(';')) + ".log");
    }
}
