// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The policies in force as a file, for a start without the database. At most 128 MiB. */
final class PolicySnapshot {
    static final String FILE_NAME = "policies.json";
    private static final long MAX_BYTES = 128L * 1024 * 1024;

    private final Path file;

    PolicySnapshot(Path folder) {
        this.file = folder.resolve(FILE_NAME);
    }

    /** Replaces the file at one stroke: a crash leaves the old one or the new one. */
    void write(Collection<PolicyRow> rows) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(FILE_NAME + ".new");
        try (FileChannel channel = FileChannel.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = UTF_8.encode(json(rows));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /**
     * The policies in the file, unchecked; none when there is no file.
     *
     * @throws IOException when the file cannot be read or is not what {@link #write} writes
     */
    List<StoredPolicy> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        return parse(Files.readString(file));
    }

    static List<StoredPolicy> parse(String json) throws IOException {
        List<StoredPolicy> found = new ArrayList<>();
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(PolicyBody.MAX_DEPTH);
            for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
                JsonObject rule = element.getAsJsonObject();
                found.add(new StoredPolicy(
                        rule.get("rule").getAsString(),
                        rule.get("version").getAsInt(),
                        rule.get("mode").getAsString(),
                        rule.get("body").getAsString(),
                        rule.get("author").getAsString(),
                        rule.get("changedAt").getAsLong()));
            }
        } catch (RuntimeException e) {
            // Gson's tree answers a wrong type or a missing member with half a dozen different exceptions.
            throw new IOException("not a snapshot of policies: " + e.getMessage(), e);
        }
        return found;
    }

    private static String json(Collection<PolicyRow> rows) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setIndent(" ");
            writer.beginArray();
            for (PolicyRow row : rows) {
                StoredPolicy stored = StoredPolicy.of(row);
                writer.beginObject();
                writer.name("rule").value(stored.rule());
                writer.name("version").value(stored.version());
                writer.name("mode").value(stored.mode());
                writer.name("body").value(stored.body());
                writer.name("author").value(stored.author());
                writer.name("changedAt").value(stored.changedAtMillis());
                writer.endObject();
            }
            writer.endArray();
        }
        return text.toString();
    }
}
