// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The JSON of a rule's definition, as forms read and write it. What does not fit a form is left out, never an error. */
final class RuleBody {
    private final JsonObject json;

    RuleBody() {
        this.json = new JsonObject();
    }

    private RuleBody(JsonObject json) {
        this.json = json;
    }

    static RuleBody parse(String body) {
        try {
            return new RuleBody(JsonParser.parseString(body).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            return new RuleBody();
        }
    }

    List<String> list(String field) {
        return json.get(field) instanceof JsonArray array
                ? StreamSupport.stream(array.spliterator(), false)
                        .filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of();
    }

    String text(String field) {
        JsonElement element = json.get(field);
        return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
    }

    /** The fields as "name: value", for people to read; {@code otherwise} when there are none. */
    String pairs(String otherwise) {
        return json.isEmpty()
                ? otherwise
                : json.entrySet().stream()
                        .map(field -> field.getKey() + ": " + plain(field.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String plain(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    /** The field's object; an empty one when it has none. */
    RuleBody object(String field) {
        return json.get(field) instanceof JsonObject object ? new RuleBody(object) : new RuleBody();
    }

    RuleBody with(String field, RuleBody object) {
        json.add(field, object.json);
        return this;
    }

    RuleBody with(String field, List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        json.add(field, array);
        return this;
    }

    RuleBody with(String field, String value) {
        json.addProperty(field, value);
        return this;
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
