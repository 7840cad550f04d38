// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The log of an embedded HSQLDB, whose commits stay in the memory of the process for up to its write delay (half a second
 * by default): killed in that time, the server loses them. Changing the delay writes the log out at once, and a delay of
 * none writes every commit out. So the delay is taken away and given back: about two milliseconds for the write that
 * asked, where leaving it away would cost every commit of the server as much, for ever.
 */
final class HsqldbLog {
    private static final String DELAY = "SELECT property_value FROM INFORMATION_SCHEMA.SYSTEM_PROPERTIES"
            + " WHERE property_name = 'hsqldb.write_delay_millis'";

    private HsqldbLog() {}

    /** Returns when everything committed so far, on whatever connection, has left the process and is on the disk. */
    static void force(Connection connection) throws SQLException {
        int millis = delay(connection);
        if (millis == 0) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET FILES WRITE DELAY FALSE");
            statement.execute("SET FILES WRITE DELAY " + millis + " MILLIS");
        }
    }

    private static int delay(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DELAY)) {
            if (!rows.next()) {
                throw new SQLException("This HSQLDB does not tell its write delay");
            }
            return Integer.parseInt(rows.getString(1));
        }
    }
}
