// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.text.FoldedText;

/** Finds in patterns what texts never have when patterns see them: accents, full-width letters, other spaces. */
final class Unfolded {
    private Unfolded() {}

    /** The first code point outside of classes that no folded text has, or -1. */
    static int in(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '[') {
                i = PatternSyntax.endOfClass(pattern, i);
            } else if (c == '\\') {
                i++;
                if (i < pattern.length() && "ntrfv".indexOf(pattern.charAt(i)) >= 0) {
                    return "\t\n\u000B\f\r".charAt("tnvfr".indexOf(pattern.charAt(i)));
                }
            } else if (Character.isWhitespace(c) ? c != ' ' : !isKept(pattern.codePointAt(i))) {
                return pattern.codePointAt(i);
            }
        }
        return -1;
    }

    private static boolean isKept(int codePoint) {
        String small = Character.toString(Character.toLowerCase(codePoint));
        return Character.isLowSurrogate((char) codePoint)
                || codePoint == ' '
                || FoldedText.of(small, small.length()).toString().equals(small);
    }
}
