// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a page's address asks for: filters, order, page. So a view can be kept, sent to somebody and gone back to. Of the
 * address the first {@link #MAX} parameters are looked at, {@link #MAX_CHARS} characters of each.
 */
public final class Query {
    static final int MAX = 16;
    static final int MAX_CHARS = 3_100;

    private final Map<String, String> parameters;

    private Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** @param raw as it was sent, without the question mark; may be null */
    static Query of(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw != null) {
            Arrays.stream(raw.split("&", MAX + 1)).limit(MAX).forEach(pair -> {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value =
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)).strip();
                if (!name.isEmpty() && !value.isEmpty()) {
                    parameters.putIfAbsent(name, value.substring(0, Math.min(value.length(), MAX_CHARS)));
                }
            });
        }
        return new Query(parameters);
    }

    /** The parameter's text; empty when it is absent. */
    public String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The parameter as a whole number; the default when it is absent or none. */
    long number(String name, long otherwise) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The parameter as one of the constants, in lower case with hyphens; the default when it is absent or none. */
    <E extends Enum<E>> E oneOf(String name, E otherwise) {
        String text = text(name);
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElse(otherwise);
    }

    /** The address with that parameter changed; an empty value leaves it out. Begins with the question mark. */
    public String with(String name, Object value) {
        return with(name, value, "", "");
    }

    /** The address with these parameters changed. */
    public String with(String name, Object value, String other, Object otherValue) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        put(changed, name, value);
        put(changed, other, otherValue);
        return changed.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + '=' + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** Without that parameter. */
    Query without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(parameters);
        fewer.remove(name);
        return new Query(fewer);
    }

    /** How a constant stands in an address. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void put(Map<String, String> parameters, String name, Object value) {
        String text = value instanceof Enum<?> constant ? word(constant) : String.valueOf(value);
        if (text.isEmpty()) {
            parameters.remove(name);
        } else if (!name.isEmpty()) {
            parameters.put(name, text);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
