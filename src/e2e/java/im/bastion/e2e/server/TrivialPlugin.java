// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** A plugin that does nothing, to test the server under test with. */
public final class TrivialPlugin implements Plugin {
    private static final String PLUGIN_XML =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <plugin>
              <class>%s</class>
              <name>Trivial</name>
              <description>Does nothing.</description>
              <author>Bastion</author>
              <version>%s</version>
              <minServerVersion>4.2.0</minServerVersion>
            </plugin>
            """;

    /** Its jar, which is to be uploaded under the name of the file. */
    static Path pack(Path folder, String version) {
        Path jar = folder.resolve("trivial.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            String name = TrivialPlugin.class.getName();
            entries.putNextEntry(new JarEntry("plugin.xml"));
            entries.write(PLUGIN_XML.formatted(name, version).getBytes(StandardCharsets.UTF_8));
            String resource = name.replace('.', '/') + ".class";
            entries.putNextEntry(new JarEntry("classes/" + resource));
            try (InputStream in = TrivialPlugin.class.getClassLoader().getResourceAsStream(resource)) {
                in.transferTo(entries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    @Override
    public void initializePlugin(PluginManager manager, File folder) {}

    @Override
    public void destroyPlugin() {}
}
