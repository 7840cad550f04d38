// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An Openfire that somebody unpacked: copied, and set up by its own unattended setup. */
public record UnpackedDistribution(Path folder) implements Distribution {
    /** What a server does not need to run: half of the files. */
    private static final List<String> LEFT_BEHIND = List.of("documentation", "dist", "logs", "embedded-db", "bin");

    @Override
    public boolean isFourTwo() {
        return false;
    }

    @Override
    public Path lib() {
        return folder.resolve("lib");
    }

    @Override
    public void furnish(Furnishing furnishing) throws IOException {
        copyTo(furnishing.home());
        Home home = new Home(furnishing.home());
        Home.write(home.conf().resolve("openfire.xml"), configuration(furnishing));
        KeyStores.write(home.security(), furnishing.options());
    }

    /**
     * Brings a home that another release has used, and that stands still, to this one as an admin does: the programs and
     * scripts are this release's; configuration, database, keys and plugins stay.
     */
    public void upgrade(Path kept) throws IOException {
        for (String replaced : List.of("lib", "resources/database", "plugins/admin")) {
            Home.delete(kept.resolve(replaced));
        }
        copyTo(kept);
    }

    private void copyTo(Path home) throws IOException {
        if (!Files.exists(folder.resolve("lib").resolve("startup.jar"))) {
            throw new IOException(folder.toAbsolutePath() + " is no unpacked Openfire: it has no lib/startup.jar");
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (!LEFT_BEHIND.contains(name.toString())) {
                    Home.copyTree(entry, home.resolve(name));
                }
            }
        }
    }

    @Override
    public List<String> javaArguments(Path home) {
        Path lib = home.resolve("lib");
        return List.of(
                "-DopenfireHome=" + home,
                "-Dopenfire.lib.dir=" + lib,
                "-Dlog4j.configurationFile=" + lib.resolve("log4j2.xml"),
                "-Djava.security.properties=" + home.resolve("resources/security/java.security"),
                "-Djdk.tls.ephemeralDHKeySize=matched",
                "-Djsse.SSLEngine.acceptLargeFragments=true",
                "-cp",
                lib.resolve("startup.jar") + ":" + new Home(home).stewardClasses());
    }

    private static String configuration(Furnishing furnishing) {
        ServerOptions options = furnishing.options();
        ConfigurationFile file = new ConfigurationFile()
                .set("adminConsole.port", Integer.toString(furnishing.ports().console()))
                .set("adminConsole.securePort", "-1")
                .set("adminConsole.interface", options.address())
                .set("network.interface", options.address())
                .set("locale", "en")
                .set("connectionProvider.className", "org.jivesoftware.database.EmbeddedConnectionProvider")
                .set("autosetup.run", "true")
                .set("autosetup.locale", "en")
                .set("autosetup.xmpp.domain", options.domain())
                .set("autosetup.xmpp.fqdn", options.domain())
                .set("autosetup.xmpp.auth.anonymous", "false")
                .set("autosetup.xmpp.socket.ssl.active", "false")
                .set("autosetup.database.mode", "embedded")
                .set("autosetup.admin.email", ServerOptions.ADMIN + "@" + options.domain())
                .set("autosetup.admin.password", options.users().get(ServerOptions.ADMIN));
        Map<String, String> properties = CommonProperties.of(options, furnishing.ports());
        properties.remove("xmpp.domain");
        properties.forEach(file::set);
        return file.xml();
    }
}
