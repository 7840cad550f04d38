// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The JSON object that defines a rule, read within limits. Each field that is asked for counts as known; {@link
 * #requireAllKnown} refuses the rest, so that a misspelt field is an error and not a rule that never acts.
 */
public final class Definition {
    /** What a field holds. */
    public enum Kind {
        TEXTS,
        TEXT,
        INTEGER,
        DECIMAL,
        SECONDS,
        FLAG,
        CHOICE,
        OBJECT
    }

    /**
     * A field that a reader asked for: what a form for it needs to know.
     *
     * @param name with the names of the objects it lies in before it, with dots between
     * @param otherwise what holds when it is left out, as text; empty when it must be there, or nothing holds
     * @param allowed in words
     * @param choices of a {@link Kind#CHOICE}; else empty
     */
    public record Field(String name, Kind kind, String otherwise, String allowed, List<String> choices) {}

    private static final List<String> EXAMPLE = List.of("example");

    private final JsonObject json;
    private final boolean sketch;
    private final String path;
    private final List<Field> fields;
    private final Set<String> known = new LinkedHashSet<>();

    public Definition(JsonObject json) {
        this(json, false, "", new ArrayList<>());
    }

    private Definition(JsonObject json, boolean sketch, String path, List<Field> fields) {
        this.json = json;
        this.sketch = sketch;
        this.path = path;
        this.fields = fields;
    }

    /** An empty definition that has an example wherever something must be there, so that a reader goes on to its end. */
    static Definition sketch() {
        return new Definition(new JsonObject(), true, "", new ArrayList<>());
    }

    /** The fields that were asked for, each once, in the order in which they were. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** Whether the field is there. */
    public boolean has(String field) {
        known.add(field);
        return json.has(field);
    }

    private boolean asked(String field, Kind kind, Object otherwise, String allowed, List<String> choices) {
        String name = path + field;
        if (fields.stream().noneMatch(known -> known.name().equals(name))) {
            fields.add(new Field(name, kind, otherwise == null ? "" : String.valueOf(otherwise), allowed, choices));
        }
        return has(field);
    }

    /** The field's texts, without blank space around them; at least one. */
    public List<String> texts(String field, int maxTexts, int maxChars) throws BrokenDefinition {
        String allowed = "a list of 1 to " + maxTexts + " texts of 1 to " + maxChars + " characters";
        if (!asked(field, Kind.TEXTS, "", allowed, List.of()) && sketch) {
            return EXAMPLE;
        }
        if (!(json.get(field) instanceof JsonArray array) || array.isEmpty() || array.size() > maxTexts) {
            throw broken(field, allowed);
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            String text = text(element);
            if (text.isEmpty() || text.length() > maxChars) {
                throw broken(field + "[" + texts.size() + "]", "a text of 1 to " + maxChars + " characters");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** As {@link #texts}, or empty when the field is absent. */
    public List<String> optionalTexts(String field, int maxTexts, int maxChars) throws BrokenDefinition {
        String allowed = "a list of 1 to " + maxTexts + " texts of 1 to " + maxChars + " characters";
        return asked(field, Kind.TEXTS, "", allowed, List.of()) ? texts(field, maxTexts, maxChars) : List.of();
    }

    /** The field's text, or the default when the field is absent. */
    public String text(String field, String otherwise, int maxChars) throws BrokenDefinition {
        String allowed = "a text of 1 to " + maxChars + " characters";
        if (!asked(field, Kind.TEXT, otherwise, allowed, List.of())) {
            return otherwise;
        }
        String text = text(json.get(field));
        if (text.isEmpty() || text.length() > maxChars) {
            throw broken(field, allowed);
        }
        return text;
    }

    /** The field's text, which must be there. */
    public String requiredText(String field, int maxChars) throws BrokenDefinition {
        String text = text(field, null, maxChars);
        if (text == null && !sketch) {
            throw broken(field, "a text of 1 to " + maxChars + " characters");
        }
        return text == null ? EXAMPLE.get(0) : text;
    }

    /** The field's whole number, or the default when the field is absent. */
    public int integer(String field, int otherwise, int min, int max) throws BrokenDefinition {
        String allowed = "a whole number of " + min + " to " + max;
        if (!asked(field, Kind.INTEGER, otherwise, allowed, List.of())) {
            return otherwise;
        }
        double value = number(json.get(field));
        if (!(value >= min && value <= max) || value != Math.rint(value)) {
            throw broken(field, allowed);
        }
        return (int) value;
    }

    /** The field's number, or the default when the field is absent. */
    public double decimal(String field, double otherwise, double min, double max) throws BrokenDefinition {
        String allowed = "a number of " + min + " to " + max;
        if (!asked(field, Kind.DECIMAL, otherwise, allowed, List.of())) {
            return otherwise;
        }
        double value = number(json.get(field));
        if (!(value >= min && value <= max)) {
            throw broken(field, allowed);
        }
        return value;
    }

    /** The field as a duration in whole seconds, or the default when the field is absent. */
    public Duration seconds(String field, Duration otherwise, long min, long max) throws BrokenDefinition {
        String allowed = "whole seconds of " + min + " to " + max;
        if (!asked(field, Kind.SECONDS, otherwise.toSeconds(), allowed, List.of())) {
            return otherwise;
        }
        double value = number(json.get(field));
        if (!(value >= min && value <= max) || value != Math.rint(value)) {
            throw broken(field, allowed);
        }
        return Duration.ofSeconds((long) value);
    }

    /** The field's true or false, or the default when the field is absent. */
    public boolean flag(String field, boolean otherwise) throws BrokenDefinition {
        if (!asked(field, Kind.FLAG, otherwise, "true or false", List.of())) {
            return otherwise;
        }
        if (json.get(field) instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw broken(field, "true or false");
    }

    /** The field as one of the constants, in lower case with hyphens, or the default when the field is absent. */
    public <E extends Enum<E>> E oneOf(String field, E otherwise) throws BrokenDefinition {
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        List<String> choices = Arrays.stream(constants).map(Definition::word).toList();
        String allowed = "one of " + String.join(", ", choices);
        if (!asked(field, Kind.CHOICE, word(otherwise), allowed, choices)) {
            return otherwise;
        }
        int chosen = choices.indexOf(text(json.get(field)));
        if (chosen < 0) {
            throw broken(field, allowed);
        }
        return constants[chosen];
    }

    /** The field's object, empty when the field is absent. Ask it for {@link #requireAllKnown} as well. */
    public Definition object(String field) throws BrokenDefinition {
        if (!has(field)) {
            return new Definition(new JsonObject(), sketch, path + field + ".", fields);
        }
        if (json.get(field) instanceof JsonObject object) {
            return new Definition(object, sketch, path + field + ".", fields);
        }
        throw broken(field, "an object");
    }

    /** The error for a field of this definition. */
    public BrokenDefinition broken(String field, String allowed) {
        return new BrokenDefinition(path + field, allowed);
    }

    /** Refuses fields that nobody asked for. */
    public void requireAllKnown() throws BrokenDefinition {
        for (String field : json.keySet()) {
            if (!known.contains(field)) {
                throw broken(
                        field, "left out: rules of this type have no such field, only " + String.join(", ", known));
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString()
                ? primitive.getAsString().strip()
                : "";
    }

    private static double number(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isNumber()
                ? primitive.getAsDouble()
                : Double.NaN;
    }
}
