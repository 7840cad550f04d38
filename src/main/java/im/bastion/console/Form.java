// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The fields of a submitted form. A field that is absent is empty. */
record Form(UnaryOperator<String> fields) {
    /** The field's text without space around it. */
    String text(String name) {
        String value = fields.apply(name);
        return value == null ? "" : value.strip();
    }

    /** The field's lines that are not blank, each without space around it, each once. */
    List<String> lines(String name) {
        return text(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    /** The field as a whole number that is not negative, or -1. */
    int number(String name) {
        try {
            return Integer.parseUnsignedInt(text(name));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The field as a mode, or null. */
    Mode mode(String name) {
        String text = text(name);
        return Arrays.stream(Mode.values())
                .filter(m -> m.name().equals(text))
                .findFirst()
                .orElse(null);
    }
}
