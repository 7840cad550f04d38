// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code conf/openfire.xml}: a property's dots become nested elements. */
final class ConfigurationFile {
    private final Map<String, Object> tree = new LinkedHashMap<>();

    /** Sets one property. */
    @SuppressWarnings("unchecked")
    ConfigurationFile set(String property, String value) {
        Map<String, Object> level = tree;
        String[] names = property.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            Object next = level.computeIfAbsent(names[i], name -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map)) {
                // An element may hold both a text and elements; the text is kept under the empty name.
                Map<String, Object> both = new LinkedHashMap<>(Map.of("", next));
                level.put(names[i], both);
                next = both;
            }
            level = (Map<String, Object>) next;
        }
        String last = names[names.length - 1];
        if (level.get(last) instanceof Map<?, ?> existing) {
            ((Map<String, Object>) existing).put("", value);
        } else {
            level.put(last, value);
        }
        return this;
    }

    /** The file's text. */
    String xml() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        element(out, "jive", tree);
        return out.append('\n').toString();
    }

    private static void element(StringBuilder out, String name, Object content) {
        if (name.isEmpty()) {
            out.append(escaped(content.toString()));
            return;
        }
        out.append('<').append(name).append('>');
        if (content instanceof Map<?, ?> children) {
            children.forEach((child, value) -> element(out, child.toString(), value));
        } else {
            out.append(escaped(content.toString()));
        }
        out.append("</").append(name).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
