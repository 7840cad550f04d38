// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HsqldbLogTest {
    @TempDir
    Path folder;

    @Test
    void aForcedCommitSurvivesSuddenDeath() throws Exception {
        assertThat(rowsAfterDeath(true)).isEqualTo(1);
    }

    @Test
    void anotherCommitDoesNot() throws Exception {
        assertThat(rowsAfterDeath(false)).isZero();
    }

    @Test
    void theWriteDelayIsWhatItWasBefore() throws Exception {
        assertThat(delayAfterForcing("SET FILES WRITE DELAY 700 MILLIS")).isEqualTo("700");
        assertThat(delayAfterForcing("SET FILES WRITE DELAY FALSE")).isEqualTo("0");
    }

    private int rowsAfterDeath(boolean force) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SuddenDeath.class.getName(),
                        url(),
                        String.valueOf(force))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(9);
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement()) {
            int rows;
            try (ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM kept")) {
                found.next();
                rows = found.getInt(1);
            }
            statement.execute("SHUTDOWN");
            return rows;
        }
    }

    private String delayAfterForcing(String setting) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(setting);
            HsqldbLog.force(connection);
            String delay;
            try (ResultSet found = statement.executeQuery("SELECT property_value FROM"
                    + " INFORMATION_SCHEMA.SYSTEM_PROPERTIES WHERE property_name = 'hsqldb.write_delay_millis'")) {
                found.next();
                delay = found.getString(1);
            }
            statement.execute("SHUTDOWN");
            return delay;
        }
    }

    private String url() {
        // Without the lock that a dead process leaves behind for ten seconds.
        return "jdbc:hsqldb:file:" + folder.resolve("database") + ";hsqldb.lock_file=false";
    }
}
