// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/** Makes another version out of a plugin's jar, as an upgrade brings it. */
final class PluginVersions {
    private PluginVersions() {}

    /** A jar of the same name that says it is that version. */
    static Path repacked(Path jar, Path folder, String version) throws IOException {
        Path repacked = Files.createDirectories(folder).resolve(jar.getFileName());
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar));
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(repacked))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                byte[] content = in.readAllBytes();
                if (entry.getName().equals("plugin.xml")) {
                    content = new String(content, StandardCharsets.UTF_8)
                            .replaceFirst("<version>[^<]*</version>", "<version>" + version + "</version>")
                            .getBytes(StandardCharsets.UTF_8);
                }
                out.write(content);
            }
        }
        return repacked;
    }
}
