// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Database.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {
    @ParameterizedTest
    @EnumSource
    void theServerInstallsTheTables(Dialect dialect) throws SQLException {
        TestDatabase database = DatabaseServer.of(dialect).emptyDatabase();
        assertThat(database.install(TestDatabase.SCRIPTS, Schema.VERSION)).isTrue();
        try (Connection connection = database.connection()) {
            assertThat(Schema.problem(connection)).isEmpty();
        }
        assertThat(database.number("SELECT entryNumber FROM ofBastionAuditHead WHERE id = 1"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatStoppedHalfWayRunsAgain(Dialect dialect) {
        TestDatabase database = DatabaseServer.of(dialect).freshDatabase();
        database.run("DELETE FROM ofVersion WHERE name = 'bastion'");
        database.run("DROP TABLE ofBastionAudit");
        assertThat(database.install(TestDatabase.SCRIPTS, Schema.VERSION)).isTrue();
        assertThat(database.number("SELECT COUNT(*) FROM ofBastionAudit")).isZero();
        assertThat(database.number("SELECT COUNT(*) FROM ofBastionAuditHead")).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void theServerUpgradesTheTablesAndKeepsTheirRows(Dialect dialect, @TempDir Path scripts) throws IOException {
        TestDatabase database = DatabaseServer.of(dialect).freshDatabase();
        database.run("UPDATE ofBastionAuditHead SET entryNumber = 7");
        Path upgrade = scripts.resolve("upgrade/2/bastion_" + dialect.name().toLowerCase(Locale.ROOT) + ".sql");
        Files.createDirectories(upgrade.getParent());
        Files.writeString(
                upgrade,
                """
                -- A version to come.
                ALTER TABLE ofBastionAuditHead
                  ADD COLUMN note VARCHAR(64);
                UPDATE ofVersion SET version = 2 WHERE name = 'bastion';
                """);
        assertThat(database.install(scripts, 2)).isTrue();
        assertThat(database.number("SELECT version FROM ofVersion WHERE name = 'bastion'"))
                .isEqualTo(2);
        assertThat(database.number("SELECT COUNT(*) FROM ofBastionAuditHead WHERE entryNumber = 7 AND note IS NULL"))
                .isOne();
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatIsMissing(Dialect dialect) throws SQLException {
        TestDatabase database = DatabaseServer.of(dialect).emptyDatabase();
        try (Connection connection = database.connection()) {
            assertThat(Schema.problem(connection))
                    .hasValueSatisfying(p -> assertThat(p).contains("were not created", "SchemaManager"));
            database.install(TestDatabase.SCRIPTS, Schema.VERSION);
            database.run("ALTER TABLE ofBastionPolicy DROP COLUMN author");
            assertThat(Schema.problem(connection))
                    .hasValueSatisfying(p -> assertThat(p).contains("ofBastionPolicy or one of its columns"));
            database.run("UPDATE ofVersion SET version = 0 WHERE name = 'bastion'");
            assertThat(Schema.problem(connection))
                    .hasValueSatisfying(p -> assertThat(p).contains("at version 0, not 1"));
        }
    }

    /** Openfire 5.1 tells MariaDB, reached with its own driver, from MySQL, and looks for a script of that name. */
    @Test
    void mariadbAndMysqlHaveTheSameScript() throws IOException {
        assertThat(TestDatabase.SCRIPTS.resolve("bastion_mariadb.sql"))
                .hasSameTextualContentAs(TestDatabase.SCRIPTS.resolve("bastion_mysql.sql"));
    }
}
