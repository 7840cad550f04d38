// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/** The definition of a rule: one JSON object (RFC 8259), strictly read. */
public final class PolicyBody {
    /** In UTF-8. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Objects and arrays within each other. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_LONG_DIGITS = 18;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private PolicyBody() {}

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException says what is wrong and, for a syntax error, where
     */
    public static JsonObject parse(String body) {
        requireSize(body);
        try (JsonReader reader = new JsonReader(new StringReader(body))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            JsonElement root = element(reader);
            if (!root.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("it is something else, or something follows it");
            }
            return root.getAsJsonObject();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("must be one JSON object: " + e.getMessage(), e);
        }
    }

    /** Not Gson's own tree: of two members of one name that takes the last, and an admin may have meant the first. */
    private static JsonElement element(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NUMBER -> new JsonPrimitive(number(reader.nextString()));
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> new JsonPrimitive(reader.nextString());
        };
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new IllegalArgumentException("there are two members " + reader.getPath());
            }
            object.add(name, element(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray array(JsonReader reader) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(element(reader));
        }
        reader.endArray();
        return array;
    }

    /** A long or a double: who asks a BigDecimal of 1e999999999 for its integer waits for ever. */
    private static Number number(String digits) {
        if (digits.length() <= MAX_LONG_DIGITS && INTEGER.matcher(digits).matches()) {
            return Long.valueOf(digits);
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("a number is too large");
        }
        return value;
    }

    private static void requireSize(String body) {
        int bytes;
        try {
            bytes = body.length() > MAX_BYTES
                    ? body.length()
                    : UTF_8.newEncoder().encode(CharBuffer.wrap(body)).remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must be text without halves of surrogate pairs", e);
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("must be at most " + MAX_BYTES + " bytes, is " + bytes);
        }
    }
}
