// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a JSON text (RFC 8259) that knows where it stands, so that every complaint about it names line and field. Two
 * members of one name are refused.
 *
 * @param line from 1
 * @param path for example {@code rules[3].peers}
 * @param value String, Number, Boolean, Map or List of these as {@code Located}, or null
 */
record Located(int line, String path, Object value) {
    private static final int MAX_DEPTH = 16;

    /**
     * Reads a text.
     *
     * @throws PolicyFault when it is no JSON, or longer than that many characters
     */
    static Located parse(String text, int maxChars) {
        if (text.length() > maxChars) {
            throw new PolicyFault(1, "", "must be at most " + maxChars + " characters, is " + text.length());
        }
        Lines lines = new Lines(text);
        try (JsonReader reader = new JsonReader(lines)) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            Located root = read(reader, lines, "");
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new PolicyFault(lines.line, "", "has something after its end");
            }
            return root;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new PolicyFault(Math.max(1, lines.line), "", "is not JSON: " + firstSentence(e));
        }
    }

    private static Located read(JsonReader reader, Lines lines, String path) throws IOException {
        JsonToken token = reader.peek();
        int line = lines.line;
        Object value =
                switch (token) {
                    case BEGIN_OBJECT -> object(reader, lines, path);
                    case BEGIN_ARRAY -> array(reader, lines, path);
                    case STRING -> reader.nextString();
                    case NUMBER -> reader.nextDouble();
                    case BOOLEAN -> reader.nextBoolean();
                    default -> {
                        reader.nextNull();
                        yield null;
                    }
                };
        return new Located(line, path, value);
    }

    private static Map<String, Located> object(JsonReader reader, Lines lines, String path) throws IOException {
        Map<String, Located> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            Located member = read(reader, lines, path.isEmpty() ? name : path + '.' + name);
            if (members.putIfAbsent(name, member) != null) {
                throw new PolicyFault(member.line, path, "has two members " + PolicyFault.quoted(name));
            }
        }
        reader.endObject();
        return members;
    }

    private static List<Located> array(JsonReader reader, Lines lines, String path) throws IOException {
        List<Located> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(read(reader, lines, path + '[' + items.size() + ']'));
        }
        reader.endArray();
        return items;
    }

    /** The members, when there are no others than these. */
    Located only(List<String> known) {
        for (Map.Entry<String, Located> member : members().entrySet()) {
            if (!known.contains(member.getKey())) {
                throw new PolicyFault(
                        member.getValue().line,
                        path,
                        "has an unknown field " + PolicyFault.quoted(member.getKey()) + "; known are "
                                + String.join(", ", known));
            }
        }
        return this;
    }

    Optional<Located> member(String name) {
        return Optional.ofNullable(members().get(name));
    }

    Located required(String name) {
        return member(name).orElseThrow(() -> fault("needs a field \"" + name + "\""));
    }

    @SuppressWarnings("unchecked")
    List<Located> items(int max) {
        if (!(value instanceof List)) {
            throw fault("must be a list");
        }
        List<Located> items = (List<Located>) value;
        if (items.size() > max) {
            throw fault("has more than " + max + " entries");
        }
        return items;
    }

    String text(int max) {
        if (!(value instanceof String text)) {
            throw fault("must be text");
        }
        if (text.length() > max) {
            throw fault("must be at most " + max + " characters");
        }
        return text;
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw fault("must be true or false");
    }

    /** The choice with that word. */
    <T> T oneOf(Map<String, T> choices) {
        String word = value instanceof String text ? text : String.valueOf(value);
        T choice = choices.get(word);
        if (choice == null) {
            throw fault("must be one of " + String.join(", ", choices.keySet()) + ", is " + PolicyFault.quoted(word));
        }
        return choice;
    }

    PolicyFault fault(String what) {
        return new PolicyFault(line, path, what);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Located> members() {
        if (!(value instanceof Map)) {
            throw fault("must be an object");
        }
        return (Map<String, Located>) value;
    }

    private static String firstSentence(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return PolicyFault.quoted(end < 0 ? message : message.substring(0, end));
    }

    /** Hands out one line at a time, so that the line the parser has come to is the last that was handed out. */
    private static final class Lines extends Reader {
        private final String text;
        private int position;
        private int line;
        private boolean begun;

        Lines(String text) {
            this.text = text;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (position == text.length()) {
                return -1;
            }
            if (!begun) {
                line++;
                begun = true;
            }
            int newline = text.indexOf('\n', position);
            int end = newline < 0 ? text.length() : newline + 1;
            int count = Math.min(length, end - position);
            text.getChars(position, position + count, buffer, offset);
            position += count;
            begun = position < end;
            return count;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
