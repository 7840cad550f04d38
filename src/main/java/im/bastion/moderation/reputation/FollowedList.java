// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.moderation.reputation.ListSource.Format;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.dom4j.Element;

/**
 * One list as far as it is known. What it last was is kept in a file, so that it holds after a restart also while its
 * source is away. Changed by one thread, asked by any.
 */
final class FollowedList {
    /** Entries beyond this are not taken. */
    static final int MAX_ENTRIES = 5_000_000;

    private static final int MAGIC = 0x42_4C_53_31;
    private static final int MAX_DOMAIN = 253;

    private final ListSource source;
    private final Path file;
    private volatile HashTable entries = new HashTable();
    private volatile Instant updatedAt;
    private volatile String problem = "It has not answered yet";
    private volatile boolean tellsNews;
    private int junk;

    FollowedList(ListSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    ListSource source() {
        return source;
    }

    boolean names(long hash) {
        return entries.contains(hash);
    }

    int size() {
        return entries.size();
    }

    Instant updatedAt() {
        return updatedAt;
    }

    String problem() {
        return problem;
    }

    /** Whether its source has taken a subscription: else it has to be asked. */
    boolean tellsNews() {
        return tellsNews;
    }

    void tellsNews(boolean subscribed) {
        tellsNews = subscribed;
    }

    void failed(String why) {
        problem = why;
    }

    /** Takes the whole list in place of what was known; what is absent now is gone. */
    void replace(HashTable all, Instant now) throws IOException {
        entries = all;
        answered(now);
        save();
    }

    /** Reads items of a page into a list to come; answers the id of the last. */
    String read(Element items, HashTable into) {
        String last = "";
        junk = 0;
        for (Iterator<?> all = items.elementIterator("item"); all.hasNext(); ) {
            String id = ((Element) all.next()).attributeValue("id", "");
            last = id;
            if (into.size() < MAX_ENTRIES && isEntry(id)) {
                into.add(hash(id));
            } else {
                junk++;
            }
        }
        return last;
    }

    /** Applies what has just changed (XEP-0060 §7.1.2); answers whether there is somebody new. */
    boolean apply(Element items, Instant now) throws IOException {
        boolean added = false;
        for (Iterator<?> all = items.elementIterator(); all.hasNext(); ) {
            Element child = (Element) all.next();
            String id = child.attributeValue("id", "");
            if (!isEntry(id)) {
                continue;
            }
            if (child.getName().equals("item") && entries.size() < MAX_ENTRIES) {
                added |= entries.add(hash(id));
            } else if (child.getName().equals("retract")) {
                boolean unused = entries.remove(hash(id));
            }
        }
        answered(now);
        save();
        return added;
    }

    /** Takes up what the list last was; nothing when there is no file or it is damaged. */
    void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        CRC32 sum = new CRC32();
        HashTable read = new HashTable();
        long at;
        try (DataInputStream in =
                new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("It is no list: " + file.getFileName());
            }
            at = in.readLong();
            int count = in.readInt();
            if (count < 0 || count > MAX_ENTRIES) {
                throw new IOException("It is damaged: " + file.getFileName());
            }
            for (int i = 0; i < count; i++) {
                boolean unused = read.add(in.readLong());
            }
            long expected = sum.getValue();
            if (in.readLong() != expected) {
                throw new IOException("It is damaged: " + file.getFileName());
            }
        }
        entries = read;
        updatedAt = Instant.ofEpochMilli(at);
    }

    private void save() throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        CRC32 sum = new CRC32();
        long[] all = entries.toArray();
        try (DataOutputStream out = new DataOutputStream(
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)), sum))) {
            out.writeInt(MAGIC);
            out.writeLong(updatedAt.toEpochMilli());
            out.writeInt(all.length);
            for (long hash : all) {
                out.writeLong(hash);
            }
            out.flush();
            out.writeLong(sum.getValue());
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void answered(Instant now) {
        updatedAt = now;
        problem = junk == 0 ? "" : junk + " entries are no entries of such a list and were left out";
    }

    private boolean isEntry(String id) {
        return source.format() == Format.SHA256
                ? ListedHash.isHash(id)
                : !id.isBlank() && id.length() <= MAX_DOMAIN && id.indexOf(' ') < 0;
    }

    private long hash(String id) {
        return source.format() == Format.SHA256 ? ListedHash.read(id) : ListedHash.of(id.toLowerCase(Locale.ROOT));
    }
}
