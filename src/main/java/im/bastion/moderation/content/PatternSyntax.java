// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

/** The little of RE2's syntax that must be known before a pattern is compiled. */
final class PatternSyntax {
    private PatternSyntax() {}

    /** Where the class that opens there is closed; the end of the pattern when it is not. */
    static int endOfClass(String pattern, int open) {
        int i = open + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            if (pattern.startsWith("[:", i)) {
                int end = pattern.indexOf(":]", i);
                i = end < 0 ? pattern.length() : end + 1;
            } else if (pattern.charAt(i) == '\\') {
                i++;
            }
            i++;
        }
        return Math.min(i, pattern.length());
    }
}
