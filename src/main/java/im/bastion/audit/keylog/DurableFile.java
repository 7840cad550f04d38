// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A small text file that is there whole, as it was or as it is to be, whatever happens in between. */
record DurableFile(Path path) {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int MAX_BYTES = 16_384;

    /** The text, or null when there is no such file. */
    String read() throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException(path + " is longer than " + MAX_BYTES + " bytes");
        }
        return Files.readString(path);
    }

    /** Puts the text in the place of what was there, and on the disk. Only the server's own user may read it. */
    void write(String text) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        if (POSIX) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (FileChannel channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (POSIX) {
            try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
