// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;

/** What is in the jar that admins upload changes only on purpose (ADR 4). */
class PackagedJarE2E {
    private static final Path JAR = Path.of(System.getProperty("bastion.jar"));
    private static final Path EXPECTED = Path.of("src/test/resources/packed-files.txt");
    /** The one library that cannot be moved: its native half knows the names of its classes (ADR 18). */
    private static final String JNA = "com/sun/jna/";

    @Test
    void theJarHoldsTheListedFilesAndNothingElse() throws IOException {
        assertThat(String.join("\n", packedFiles()))
                .as("packed files; when the change is meant, bring %s up to date", EXPECTED)
                .isEqualTo(Files.readString(EXPECTED).strip());
    }

    @Test
    void everyClassIsOursOrThatOfTheOneLibraryThatCannotBeMoved() throws IOException {
        assertThat(libraryEntries())
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).containsPattern("^(im/bastion|com/sun/jna)/"));
    }

    @Test
    void noLibraryBringsServicesOfItsOwn() throws IOException {
        assertThat(libraryEntries()).noneMatch(name -> name.startsWith("META-INF/services/"));
    }

    /** The plugin jar's files, and for the library inside it the bundled packages. */
    private static Set<String> packedFiles() throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            jar.stream().filter(e -> !e.isDirectory()).map(JarEntry::getName).forEach(names::add);
        }
        for (String name : libraryEntries()) {
            if (name.startsWith("im/bastion/bundled/") && name.endsWith(".class")) {
                names.add("lib/bastion.jar!/"
                        + String.join("/", List.of(name.split("/")).subList(0, 4)));
            } else if (name.startsWith(JNA)) {
                names.add("lib/bastion.jar!/" + (name.endsWith(".class") ? "com/sun/jna" : name));
            }
        }
        return names;
    }

    private static List<String> libraryEntries() throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(JAR.toFile());
                JarInputStream library = new JarInputStream(jar.getInputStream(jar.getEntry("lib/bastion.jar")))) {
            for (JarEntry entry = library.getNextJarEntry(); entry != null; entry = library.getNextJarEntry()) {
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            }
        }
        return names;
    }
}
