// SPDX-License-Identifier: Apache-2.0
package im.bastion.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * One setting: where it lives, what it may be, what it is when nobody set it.
 *
 * @param key the host property, "plugin.bastion.<guard>.<thing>"
 * @param defaultValue in force while the property is absent
 * @param allowed the range in words, shown beside the field and in errors, for example "1 to 65535"
 * @param unit "port", "seconds", "bytes", …; empty when it has none
 * @param reloadable whether a change acts without a reload of the plugin
 * @param parser throws IllegalArgumentException on anything not allowed
 * @param writer the property's text for a value; the parser's inverse
 */
public record Setting<T>(
        String key,
        T defaultValue,
        String allowed,
        String unit,
        boolean reloadable,
        Function<String, T> parser,
        Function<T, String> writer) {

    /** A whole number within a range. */
    public static Setting<Integer> integer(String key, int defaultValue, int min, int max, String unit) {
        return new Setting<>(
                key, defaultValue, min + " to " + max, unit, true, text -> within(text, min, max), String::valueOf);
    }

    /** Whole seconds within a range. */
    public static Setting<Duration> seconds(String key, Duration defaultValue, long min, long max) {
        return new Setting<>(
                key,
                defaultValue,
                min + " to " + max,
                "seconds",
                true,
                text -> Duration.ofSeconds(within(text, min, max)),
                d -> String.valueOf(d.toSeconds()));
    }

    /** "true" or "false". */
    public static Setting<Boolean> flag(String key, boolean defaultValue) {
        return new Setting<>(
                key,
                defaultValue,
                "true or false",
                "",
                true,
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("neither true nor false");
                },
                String::valueOf);
    }

    /** One of an enum's constants, written in lower case. */
    public static <E extends Enum<E>> Setting<E> oneOf(String key, E defaultValue) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        String allowed = String.join(
                ", ",
                Arrays.stream(constants)
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .toList());
        return new Setting<>(
                key,
                defaultValue,
                allowed,
                "",
                true,
                text -> Enum.valueOf(defaultValue.getDeclaringClass(), text.toUpperCase(Locale.ROOT)),
                e -> e.name().toLowerCase(Locale.ROOT));
    }

    /** Free text that a check accepts. */
    public static Setting<String> text(
            String key, String defaultValue, String allowed, Function<String, String> check) {
        return new Setting<>(key, defaultValue, allowed, "", true, check, Function.identity());
    }

    /** The same setting, which acts only after a reload of the plugin. */
    public Setting<T> afterReload() {
        return new Setting<>(key, defaultValue, allowed, unit, false, parser, writer);
    }

    private static int within(String text, long min, long max) {
        long value = Long.parseLong(text.strip());
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return (int) value;
    }
}
