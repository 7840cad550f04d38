// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of texts from a rule's definition, within limits. */
final class Texts {
    private Texts() {}

    /** The field's texts, without blank space around them. */
    static List<String> required(JsonObject definition, String field, int maxTexts, int maxChars)
            throws BrokenDefinition {
        String allowed = "a list of 1 to " + maxTexts + " texts of 1 to " + maxChars + " characters";
        if (!(definition.get(field) instanceof JsonArray array) || array.isEmpty() || array.size() > maxTexts) {
            throw new BrokenDefinition(field, allowed);
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            String text = text(element);
            if (text.isEmpty() || text.length() > maxChars) {
                throw new BrokenDefinition(
                        field + "[" + texts.size() + "]", "a text of 1 to " + maxChars + " characters");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    private static String text(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()
                ? element.getAsString().strip()
                : "";
    }
}
