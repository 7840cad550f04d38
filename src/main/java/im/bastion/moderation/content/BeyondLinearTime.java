// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

/** Finds what other engines' regular expressions have and no engine can do in linear time, so that the error says so. */
final class BeyondLinearTime {
    private BeyondLinearTime() {}

    /** The construct and what to do instead, or null when the pattern has none. */
    static String in(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
                if (i < pattern.length() && isReference(pattern.charAt(i))) {
                    return "back-references such as \\1: write the alternatives out, or use the rule \"repeat\"";
                }
            } else if (c == '[') {
                i = PatternSyntax.endOfClass(pattern, i);
            } else if (c == '(') {
                if (pattern.startsWith("(?<=", i) || pattern.startsWith("(?<!", i)) {
                    return "look-behind (?<=…): put what stands before into the pattern itself";
                }
                if (pattern.startsWith("(?=", i) || pattern.startsWith("(?!", i)) {
                    return "look-ahead (?=…): put what follows into the pattern itself, or use a second rule";
                }
                if (pattern.startsWith("(?>", i)) {
                    return "atomic groups (?>…): a plain group (?:…) does the same in linear time";
                }
            } else if (c == '+' && i > 0 && isQuantifier(pattern, i - 1)) {
                return "possessive quantifiers such as a++: a+ does the same in linear time";
            }
        }
        return null;
    }

    private static boolean isReference(char c) {
        return (c >= '1' && c <= '9') || c == 'k';
    }

    private static boolean isQuantifier(String pattern, int index) {
        boolean escaped = index > 0 && pattern.charAt(index - 1) == '\\';
        return !escaped && "+*?}".indexOf(pattern.charAt(index)) >= 0;
    }
}
