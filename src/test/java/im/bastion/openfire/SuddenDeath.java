// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process that writes to an HSQLDB, and dies without a word as soon as it was told that it is written. */
public final class SuddenDeath {
    private SuddenDeath() {}

    /** @param arguments the JDBC URL, and whether to force what was committed out */
    public static void main(String[] arguments) throws Exception {
        Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        try (Statement statement = connection.createStatement()) {
            // Long enough that it cannot come to pass by itself before the end.
            statement.execute("SET FILES WRITE DELAY 60");
            statement.execute("CREATE TABLE kept(id INT)");
            statement.execute("SET FILES WRITE DELAY FALSE");
            statement.execute("SET FILES WRITE DELAY 60");
            statement.execute("INSERT INTO kept VALUES 1");
        }
        if (Boolean.parseBoolean(arguments[1])) {
            HsqldbLog.force(connection);
        }
        Runtime.getRuntime().halt(9);
    }
}
