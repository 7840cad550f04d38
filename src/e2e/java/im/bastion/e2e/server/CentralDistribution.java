// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Openfire 4.2.0, assembled from what the build fetched from Maven Central. */
public record CentralDistribution() implements Distribution {
    private static final String CONSOLE_PLUGIN =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <plugin>
              <class>org.jivesoftware.openfire.container.AdminConsolePlugin</class>
              <name>Admin Console</name>
              <description>The console shell of the assembled server.</description>
              <author>Bastion</author>
              <version>4.2.0</version>
            </plugin>
            """;

    private static final String LOGGING =
            """
            log4j.rootLogger=INFO, file
            log4j.logger.org.eclipse.jetty=WARN
            log4j.logger.org.logicalcobwebs=ERROR
            log4j.logger.org.jivesoftware.util.cache.CacheFactory=WARN
            log4j.appender.file=org.apache.log4j.FileAppender
            log4j.appender.file.File=${openfireHome}/logs/openfire.log
            log4j.appender.file.layout=org.apache.log4j.PatternLayout
            log4j.appender.file.layout.ConversionPattern=%d{yyyy.MM.dd HH:mm:ss.SSS} %-5p [%t]: %c - %m%n
            """;

    private static final String SECURITY =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <security><encrypt><algorithm>Blowfish</algorithm><key/></encrypt></security>
            """;

    @Override
    public boolean isFourTwo() {
        return true;
    }

    @Override
    public void furnish(Furnishing furnishing) throws IOException {
        Home home = new Home(furnishing.home());
        ServerOptions options = furnishing.options();
        Files.createDirectories(home.logs());
        Home.write(home.conf().resolve("openfire.xml"), configuration(furnishing));
        Home.write(home.conf().resolve("security.xml"), SECURITY);
        Home.write(home.conf().resolve("log4j.properties"), LOGGING);
        Map<String, String> properties = CommonProperties.of(options, furnishing.ports());
        // Outgoing TLS 1.3 handshakes of 4.2.0 hang on Java 17.
        properties.putIfAbsent("xmpp.socket.ssl.protocols", "TLSv1.2");
        Home.write(furnishing.home().resolve("resources/database/openfire_hsqldb.sql"), HostTables.script(properties));
        KeyStores.write(home.security(), options);
        Path admin = home.plugins().resolve("admin");
        Home.write(admin.resolve("plugin.xml"), CONSOLE_PLUGIN);
        ConsoleShell.write(admin.resolve("webapp"));
    }

    @Override
    public List<String> javaArguments(Path home) {
        Path lib = lib();
        return List.of(
                "-DopenfireHome=" + home,
                "-Dopenfire.lib.dir=" + lib,
                "-Dlog4j.configuration=" + home.resolve("conf/log4j.properties").toUri(),
                // Its cache and its HTTP sessions look into the JDK, which Java 17 forbids unless told otherwise.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                new Home(home).stewardClasses() + ":" + lib.resolve("*"));
    }

    @Override
    public Path lib() {
        Path lib = Path.of(System.getProperty("openfire.lib", "target/openfire-4.2.0/lib"))
                .toAbsolutePath();
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException(lib + " is missing: run mvn process-test-resources");
        }
        return lib;
    }

    private static String configuration(Furnishing furnishing) {
        return new ConfigurationFile()
                .set("adminConsole.port", Integer.toString(furnishing.ports().console()))
                .set("adminConsole.securePort", "-1")
                .set("network.interface", furnishing.options().address())
                .set("locale", "en")
                .set("connectionProvider.className", "org.jivesoftware.database.EmbeddedConnectionProvider")
                .set("setup", "true")
                .xml();
    }
}
