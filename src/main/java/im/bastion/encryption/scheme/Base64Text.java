// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import java.util.Base64;

/** Base64 (RFC 4648 §4) in XML, where clients break lines. */
final class Base64Text {
    private Base64Text() {}

    /** Whether the text, apart from white space, is base64 of at least so many bytes. */
    static boolean is(String text, int minBytes) {
        int letters = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                padding++;
            } else if (isLetter(c)) {
                if (padding > 0) {
                    return false;
                }
                letters++;
            } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        // The last group has two or three letters, or is whole; padding may be left out.
        boolean whole = letters % 4 != 1 && (padding == 0 || (padding <= 2 && (letters + padding) % 4 == 0));
        return whole && letters * 3L / 4 >= minBytes;
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** The bytes, or null when the text is not base64. */
    static byte[] decode(String text) {
        if (!is(text, 0)) {
            return null;
        }
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isLetter(text.charAt(i))) {
                letters.append(text.charAt(i));
            }
        }
        return Base64.getDecoder().decode(letters.toString());
    }
}
