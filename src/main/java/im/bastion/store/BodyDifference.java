// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two definitions of a rule, field by field, for people to read. */
public final class BodyDifference {
    private static final int MAX_FIELDS = 20;
    private static final int MAX_ITEMS = 5;
    private static final int MAX_VALUE = 60;

    private BodyDifference() {}

    /**
     * For example {@code tls "1.2" to "1.3"; peers added "a.example", removed "b.example"}; empty when nothing differs. At
     * most 20 fields and 5 entries of a list, the rest as a number.
     *
     * @param before null for a first version
     */
    public static String of(String before, String after) {
        JsonObject old = before == null ? new JsonObject() : PolicyBody.parse(before);
        JsonObject now = PolicyBody.parse(after);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<String> found = new ArrayList<>();
        for (String name : names) {
            if (!equal(old.get(name), now.get(name))) {
                found.add(name + " " + words(old.get(name), now.get(name)));
            }
        }
        String shown = String.join("; ", found.subList(0, Math.min(found.size(), MAX_FIELDS)));
        return found.size() <= MAX_FIELDS ? shown : shown + "; and " + (found.size() - MAX_FIELDS) + " fields more";
    }

    private static boolean equal(JsonElement one, JsonElement other) {
        return one == null ? other == null : one.equals(other);
    }

    private static String words(JsonElement old, JsonElement now) {
        if (old instanceof JsonArray || now instanceof JsonArray) {
            List<JsonElement> before = items(old);
            List<JsonElement> after = items(now);
            List<String> parts = new ArrayList<>();
            list("added ", after, before, parts);
            list("removed ", before, after, parts);
            return parts.isEmpty() ? "in another order" : String.join(", ", parts);
        }
        if (old == null) {
            return "added " + cut(now);
        }
        return now == null ? "removed " + cut(old) : cut(old) + " to " + cut(now);
    }

    private static void list(String verb, List<JsonElement> in, List<JsonElement> notIn, List<String> parts) {
        List<JsonElement> items = new ArrayList<>(in);
        items.removeAll(notIn);
        if (items.isEmpty()) {
            return;
        }
        List<String> shown =
                items.stream().limit(MAX_ITEMS).map(BodyDifference::cut).toList();
        String more = items.size() > MAX_ITEMS ? " and " + (items.size() - MAX_ITEMS) + " more" : "";
        parts.add(verb + String.join(", ", shown) + more);
    }

    private static List<JsonElement> items(JsonElement element) {
        if (element instanceof JsonArray array) {
            return array.asList();
        }
        return element == null ? List.of() : List.of(element);
    }

    private static String cut(JsonElement value) {
        return TextColumns.fit(value.toString(), MAX_VALUE);
    }
}
