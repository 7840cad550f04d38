// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** The definition of a rule: one JSON object (RFC 8259), strictly read. */
public final class PolicyBody {
    /** In UTF-8. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Objects and arrays within each other. */
    public static final int MAX_DEPTH = 32;

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
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT || !root.isJsonObject()) {
                throw new IllegalArgumentException("must be one JSON object");
            }
            return root.getAsJsonObject();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "must be one JSON object: " + innermost(e).getMessage(), e);
        }
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

    private static Throwable innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
