// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The JSON object that defines a rule, read within limits. Each field that is asked for counts as known; {@link
 * #requireAllKnown} refuses the rest, so that a misspelt field is an error and not a rule that never acts.
 */
public final class Definition {
    private final JsonObject json;
    private final String path;
    private final Set<String> known = new HashSet<>();

    public Definition(JsonObject json) {
        this(json, "");
    }

    private Definition(JsonObject json, String path) {
        this.json = json;
        this.path = path;
    }

    /** Whether the field is there. */
    public boolean has(String field) {
        known.add(field);
        return json.has(field);
    }

    /** The field's texts, without blank space around them; at least one. */
    public List<String> texts(String field, int maxTexts, int maxChars) throws BrokenDefinition {
        known.add(field);
        String allowed = "a list of 1 to " + maxTexts + " texts of 1 to " + maxChars + " characters";
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
        return has(field) ? texts(field, maxTexts, maxChars) : List.of();
    }

    /** The field's text, or the default when the field is absent. */
    public String text(String field, String otherwise, int maxChars) throws BrokenDefinition {
        if (!has(field)) {
            return otherwise;
        }
        String text = text(json.get(field));
        if (text.isEmpty() || text.length() > maxChars) {
            throw broken(field, "a text of 1 to " + maxChars + " characters");
        }
        return text;
    }

    /** The field's whole number, or the default when the field is absent. */
    public int integer(String field, int otherwise, int min, int max) throws BrokenDefinition {
        if (!has(field)) {
            return otherwise;
        }
        double value = number(json.get(field));
        if (!(value >= min && value <= max) || value != Math.rint(value)) {
            throw broken(field, "a whole number of " + min + " to " + max);
        }
        return (int) value;
    }

    /** The field's number, or the default when the field is absent. */
    public double decimal(String field, double otherwise, double min, double max) throws BrokenDefinition {
        if (!has(field)) {
            return otherwise;
        }
        double value = number(json.get(field));
        if (!(value >= min && value <= max)) {
            throw broken(field, "a number of " + min + " to " + max);
        }
        return value;
    }

    /** The field as a duration in whole seconds, or the default when the field is absent. */
    public Duration seconds(String field, Duration otherwise, long min, long max) throws BrokenDefinition {
        if (!has(field)) {
            return otherwise;
        }
        double value = number(json.get(field));
        if (!(value >= min && value <= max) || value != Math.rint(value)) {
            throw broken(field, "whole seconds of " + min + " to " + max);
        }
        return Duration.ofSeconds((long) value);
    }

    /** The field's true or false, or the default when the field is absent. */
    public boolean flag(String field, boolean otherwise) throws BrokenDefinition {
        if (!has(field)) {
            return otherwise;
        }
        if (json.get(field) instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw broken(field, "true or false");
    }

    /** The field as one of the constants, in lower case with hyphens, or the default when the field is absent. */
    public <E extends Enum<E>> E oneOf(String field, E otherwise) throws BrokenDefinition {
        if (!has(field)) {
            return otherwise;
        }
        String text = text(json.get(field));
        List<String> allowed = new ArrayList<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text)) {
                return constant;
            }
            allowed.add(name);
        }
        throw broken(field, "one of " + String.join(", ", allowed));
    }

    /** The field's object, empty when the field is absent. Ask it for {@link #requireAllKnown} as well. */
    public Definition object(String field) throws BrokenDefinition {
        if (!has(field)) {
            return new Definition(new JsonObject(), path + field + ".");
        }
        if (json.get(field) instanceof JsonObject object) {
            return new Definition(object, path + field + ".");
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
                throw broken(field, "left out: rules of this type have no such field, only " + String.join(", ", known));
            }
        }
    }

    private static String text(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString()
                ? primitive.getAsString().strip()
                : "";
    }

    private static double number(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isNumber() ? primitive.getAsDouble() : Double.NaN;
    }
}
