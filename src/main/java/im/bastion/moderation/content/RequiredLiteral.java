// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import java.util.Locale;

/**
 * The longest run of plain signs that every text must hold to fit a pattern, as far as a short look can tell: only
 * what stands outside of groups, classes and alternatives, and is not optional. Empty when there is none of three or more.
 */
final class RequiredLiteral {
    private static final int LEAST = 3;
    /** Beside letters and digits: what stands for itself and folds to itself. */
    private static final String PLAIN = " !\"#%&',-/:;<=>@_~";

    private RequiredLiteral() {}

    static String of(String pattern) {
        if (pattern.contains("\\Q")) {
            return "";
        }
        String best = "";
        StringBuilder run = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean escaped = c == '\\' && i + 1 < pattern.length() && isSign(pattern.charAt(i + 1));
            char literal = escaped ? pattern.charAt(i + 1) : c;
            boolean plain = escaped || isLetter(c) || PLAIN.indexOf(c) >= 0;
            if (depth == 0 && plain && !isOptional(pattern, escaped ? i + 2 : i + 1)) {
                run.append(literal);
                i += escaped ? 1 : 0;
                continue;
            }
            best = longer(best, run);
            run.setLength(0);
            switch (c) {
                case '\\' -> i = afterEscape(pattern, i);
                case '[' -> i = PatternSyntax.endOfClass(pattern, i);
                case '{' -> i = Math.max(i, pattern.indexOf('}', i));
                case '(' -> depth++;
                case ')' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        return "";
                    }
                }
                default -> {
                    // Any other sign ends the run, and that is all.
                }
            }
        }
        best = longer(best, run);
        // Without spaces at its ends, because folding takes them from the ends of texts.
        String literal = best.strip().toLowerCase(Locale.ROOT);
        return literal.length() < LEAST || literal.contains("  ") ? "" : literal;
    }

    private static boolean isLetter(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    /** Whether a backslash before it makes it stand for itself. */
    private static boolean isSign(char c) {
        return c > ' ' && c < 0x7F && !isLetter(c) && c != '_';
    }

    private static boolean isOptional(String pattern, int next) {
        return next < pattern.length() && "?*{".indexOf(pattern.charAt(next)) >= 0;
    }

    private static String longer(String best, StringBuilder run) {
        return run.length() > best.length() ? run.toString() : best;
    }

    /** Past an escape with its braces or its hexadecimal or octal digits. */
    private static int afterEscape(String pattern, int backslash) {
        int i = backslash + 1;
        if (i >= pattern.length()) {
            return i;
        }
        char kind = pattern.charAt(i);
        if (kind == 'x' || kind == 'p' || kind == 'P') {
            if (i + 1 < pattern.length() && pattern.charAt(i + 1) == '{') {
                int end = pattern.indexOf('}', i);
                return end < 0 ? pattern.length() : end;
            }
            return i + (kind == 'x' ? 2 : 1);
        }
        while (kind >= '0'
                && kind <= '7'
                && i + 1 < pattern.length()
                && Character.digit(pattern.charAt(i + 1), 8) >= 0) {
            i++;
        }
        return i;
    }
}
