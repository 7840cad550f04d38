// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.moderation.reputation.ListSource.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import org.dom4j.Element;

/**
 * One list as far as it is known. What it last was is kept in a file, so that it holds after a restart also while its
 * source is away. Changed by one thread, asked by any.
 */
final class FollowedList {
    /** Entries beyond this are not taken. */
    static final int MAX_ENTRIES = 5_000_000;

    private static final int MAX_DOMAIN = 253;

    private final ListSource source;
    private final ListFile file;
    private final ListedReasons reasons = new ListedReasons();
    private volatile HashTable entries = new HashTable();
    private volatile Instant updatedAt;
    private volatile String problem = "It has not answered yet";
    private HashTable coming;
    private int junk;
    private int beyond;

    FollowedList(ListSource source, Path file) {
        this.source = source;
        this.file = new ListFile(file);
    }

    ListSource source() {
        return source;
    }

    boolean names(long hash) {
        return entries.contains(hash);
    }

    /** Why the hash stands there; empty when nobody said. */
    String reason(long hash) {
        return reasons.text(entries.mark(hash));
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

    /** Begins to read the whole list anew; false when that is under way. */
    boolean begin() {
        if (coming != null) {
            return false;
        }
        coming = new HashTable();
        junk = 0;
        beyond = 0;
        return true;
    }

    /** Reads a page of the whole list; answers how many entries it has so far. */
    int read(Element items) {
        for (Iterator<?> all = items.elementIterator("item"); all.hasNext(); ) {
            Element item = (Element) all.next();
            if (!isEntry(id(item))) {
                junk++;
            } else if (coming.size() >= MAX_ENTRIES) {
                beyond++;
            } else {
                boolean unused = coming.add(hash(id(item)), reasons.mark(item));
            }
        }
        return coming.size();
    }

    /** The whole list has been read: what is absent from it is gone. */
    void complete(Instant now) throws IOException {
        entries = coming;
        coming = null;
        answered(now);
        save();
    }

    /** The whole list could not be read; what was last known holds. */
    void abandon(String why) {
        coming = null;
        problem = why;
    }

    /** It could not be kept. */
    void failed(String why) {
        problem = why;
    }

    /**
     * Applies what has just changed (XEP-0060 §7.1.2, §8.5), also to what is being read meanwhile, where it may have come
     * too late for its page; answers whether there is somebody new.
     */
    boolean apply(Element change, Instant now) {
        boolean added = applyTo(entries, change);
        if (coming != null) {
            boolean unused = applyTo(coming, change);
        }
        answered(now);
        return added;
    }

    /** Takes up what the list last was; nothing when there is no file. */
    void load() throws IOException {
        ListFile.Content kept = file.read();
        if (kept != null) {
            reasons.restore(kept.reasons());
            entries = kept.entries();
            updatedAt = kept.at();
        }
    }

    void save() throws IOException {
        file.write(entries, reasons.all(), updatedAt);
    }

    private boolean applyTo(HashTable table, Element change) {
        boolean added = false;
        if (change.getName().equals("purge")) {
            table.clear();
            return false;
        }
        for (Iterator<?> all = change.elementIterator(); all.hasNext(); ) {
            Element child = (Element) all.next();
            if (!isEntry(id(child))) {
                continue;
            }
            if (child.getName().equals("item") && table.size() < MAX_ENTRIES) {
                added |= table.add(hash(id(child)), reasons.mark(child));
            } else if (child.getName().equals("retract")) {
                boolean unused = table.remove(hash(id(child)));
            }
        }
        return added;
    }

    private void answered(Instant now) {
        updatedAt = now;
        String left = junk == 0 ? "" : junk + " entries are no entries of such a list and were left out. ";
        problem = (left + (beyond == 0 ? "" : "It has more than " + MAX_ENTRIES + " entries; the rest was left out."))
                .strip();
    }

    private static String id(Element item) {
        return item.attributeValue("id", "");
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
