// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder one server lives in, laid out as Openfire expects it. */
record Home(Path folder) {
    /** Written when a home is complete, so that a kept one is not furnished again. */
    private static final String FURNISHED = "furnished";

    Path conf() {
        return folder.resolve("conf");
    }

    Path plugins() {
        return folder.resolve("plugins");
    }

    Path security() {
        return folder.resolve("resources").resolve("security");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path stewardClasses() {
        return folder.resolve("steward");
    }

    Path stewardSocket() {
        return folder.resolve("steward.socket");
    }

    boolean isFurnished() {
        return Files.exists(folder.resolve(FURNISHED));
    }

    /** Notes that the home is complete, and the ports that its configuration names. */
    void markFurnished(Ports ports) throws IOException {
        Files.writeString(folder.resolve(FURNISHED), ports.client() + " " + ports.server() + " " + ports.console());
    }

    /** The ports that a furnished home's configuration names. */
    Ports furnishedPorts() throws IOException {
        String[] words = Files.readString(folder.resolve(FURNISHED)).split(" ", -1);
        return new Ports(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    /** Writes the file and the folders above it. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Copies the class file of that class, and of those nested in it, below the folder. */
    static void copyClass(Class<?> type, Path folder) throws IOException {
        String resource = type.getName().replace('.', '/') + ".class";
        Path target = folder.resolve(resource);
        Files.createDirectories(target.getParent());
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            copyClass(nested, folder);
        }
    }

    /** Copies the folder with all that is in it; files that are there already stay as they are. */
    static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file));
                if (!Files.exists(target)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
