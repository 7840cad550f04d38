// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.sql.Connection;
import java.sql.SQLException;

/** The server's database. */
public interface Database {
    /** The dialects Bastion ships a schema for. */
    enum Dialect {
        HSQLDB,
        POSTGRESQL,
        /** MySQL and MariaDB. */
        MYSQL
    }

    /**
     * A pooled connection in auto-commit mode; the caller closes it.
     *
     * @throws SQLException when the database is out of reach
     */
    Connection connection() throws SQLException;

    Dialect dialect();

    /**
     * Returns when all that was committed so far, on whatever connection, can no longer be lost by the sudden death of the
     * process. Most databases see to that at each commit.
     *
     * @throws SQLException when the database is out of reach
     */
    default void settle() throws SQLException {}
}
