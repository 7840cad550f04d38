// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables of Openfire 4.2.0 for HSQLDB, generated from a list of the columns its statements name.
 *
 * <p>Its own script is not on Maven Central. Openfire runs the script it finds in its home when its tables are missing,
 * and properties added here are therefore in force from the first start on.
 */
final class HostTables {
    private static final String LIST = "/openfire-4.2.0/tables.txt";
    /** The schema version that 4.2.0 expects of itself. */
    private static final int SCHEMA_VERSION = 26;

    private static final Map<String, String> TYPES = Map.of(
            "int", "INTEGER",
            "long", "BIGINT",
            "stamp", "VARCHAR(15)",
            "text", "LONGVARCHAR");

    private HostTables() {}

    /** One statement a line, each ending in a semicolon. */
    static String script(Map<String, String> properties) throws IOException {
        StringBuilder script = new StringBuilder();
        try (InputStream in = HostTables.class.getResourceAsStream(LIST)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> script.append(table(line)).append('\n'));
        }
        script.append("INSERT INTO ofVersion (name, version) VALUES ('openfire', " + SCHEMA_VERSION + ");\n");
        // The first chat service takes the first id of its sequence (26).
        script.append("INSERT INTO ofID (idType, id) VALUES (26, 2);\n");
        script.append("INSERT INTO ofMucService (serviceID, subdomain, isHidden) VALUES (1, 'conference', 0);\n");
        properties.forEach((name, value) ->
                script.append("INSERT INTO ofProperty (name, propValue, encrypted) VALUES (%s, %s, 0);%n"
                        .formatted(quoted(name), quoted(value))));
        return script.toString();
    }

    private static String table(String line) {
        String[] words = line.split("\\s+");
        String columns = Arrays.stream(words).skip(1).map(HostTables::column).collect(Collectors.joining(", "));
        String key = Arrays.stream(words)
                .skip(1)
                .filter(word -> word.endsWith("*"))
                .map(word -> name(word))
                .collect(Collectors.joining(", "));
        String constraint = key.isEmpty() ? "" : ", PRIMARY KEY (" + key + ")";
        return "CREATE TABLE " + words[0] + " (" + columns + constraint + ");";
    }

    private static String column(String word) {
        int colon = word.indexOf(':');
        String type = colon < 0 ? "" : word.substring(colon + 1).replace("*", "");
        return name(word) + " " + TYPES.getOrDefault(type, "VARCHAR(" + (type.isEmpty() ? "1024" : type) + ")");
    }

    private static String name(String word) {
        int colon = word.indexOf(':');
        return (colon < 0 ? word : word.substring(0, colon)).replace("*", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
