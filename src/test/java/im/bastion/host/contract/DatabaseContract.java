// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;

import im.bastion.host.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What {@link Database} promises. */
final class DatabaseContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("a connection is open and commits by itself", DatabaseContract::connection),
            new Statement("the dialect is that of the product behind the connection", DatabaseContract::dialect));

    private DatabaseContract() {}

    private static void connection(HostStage stage) throws SQLException {
        try (Connection connection = stage.host().database().connection()) {
            holds("it is open", !connection.isClosed());
            holds("it commits by itself", connection.getAutoCommit());
        }
    }

    private static void dialect(HostStage stage) throws SQLException {
        Database database = stage.host().database();
        try (Connection connection = database.connection()) {
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            String expected =
                    switch (database.dialect()) {
                        case HSQLDB -> "hsql";
                        case POSTGRESQL -> "postgres";
                        case MYSQL -> product.contains("maria") ? "maria" : "mysql";
                    };
            holds(product + " is " + database.dialect(), product.contains(expected));
        }
    }
}
