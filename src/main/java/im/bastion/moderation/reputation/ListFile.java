// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** A list in a file: replaced as a whole, with a checksum at its end. */
final class ListFile {
    private static final int MAGIC = 0x42_4C_53_32;

    /**
     * What a file holds.
     *
     * @param reasons by mark
     * @param at when the list was so
     */
    record Content(HashTable entries, List<String> reasons, Instant at) {}

    private final Path file;

    ListFile(Path file) {
        this.file = file;
    }

    /** What the file holds; null when there is none. Throws when it is damaged. */
    Content read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        CRC32 sum = new CRC32();
        try (DataInputStream in =
                new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("It is no list: " + file.getFileName());
            }
            Instant at = Instant.ofEpochMilli(in.readLong());
            List<String> reasons = new ArrayList<>();
            for (int left = count(in.readInt(), ListedReasons.MAX); left > 0; left--) {
                reasons.add(in.readUTF());
            }
            HashTable entries = new HashTable();
            for (int left = count(in.readInt(), FollowedList.MAX_ENTRIES); left > 0; left--) {
                boolean unused = entries.add(in.readLong(), in.readByte());
            }
            long expected = sum.getValue();
            if (in.readLong() != expected) {
                throw damaged();
            }
            return new Content(entries, reasons, at);
        }
    }

    /** Puts this in the place of what the file held. */
    void write(HashTable entries, List<String> reasons, Instant at) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        CRC32 sum = new CRC32();
        try (DataOutputStream out = new DataOutputStream(
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)), sum))) {
            out.writeInt(MAGIC);
            out.writeLong(at.toEpochMilli());
            out.writeInt(reasons.size());
            for (String reason : reasons) {
                out.writeUTF(reason);
            }
            out.writeInt(entries.size());
            entries.each((hash, mark) -> {
                out.writeLong(hash);
                out.writeByte(mark);
            });
            out.flush();
            out.writeLong(sum.getValue());
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private int count(int read, int most) throws IOException {
        if (read < 0 || read > most) {
            throw damaged();
        }
        return read;
    }

    private IOException damaged() {
        return new IOException("It is damaged: " + file.getFileName());
    }
}
