// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import java.net.IDN;
import java.util.Locale;

/**
 * A DNS name in the one form in which two of them can be compared: A-labels (RFC 5890 §2.3.2.1) in lower case, without
 * the final dot.
 *
 * @param ascii at most 253 characters
 */
public record DomainName(String ascii) {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-";

    /**
     * Reads a name as it stands in an address, a policy or a certificate.
     *
     * @throws IllegalArgumentException when it is no DNS name: empty, too long, an IP address, characters not allowed
     */
    public static DomainName of(String text) {
        if (text.length() > MAX_LENGTH + 1) {
            throw new IllegalArgumentException("A domain name has at most " + MAX_LENGTH + " characters");
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String ascii = isPlain(name)
                ? name
                : IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        String last = ascii.substring(ascii.lastIndexOf('.') + 1);
        boolean hasEmptyLabel = ascii.isEmpty() || ascii.startsWith(".") || ascii.endsWith(".") || ascii.contains("..");
        if (hasEmptyLabel || ascii.length() > MAX_LENGTH || last.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("Not a domain name");
        }
        return new DomainName(ascii);
    }

    /** Whether it is what {@link IDN#toASCII} would give back as it is, after a long look: almost every name is. */
    private static boolean isPlain(String name) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '.') {
                if (i == start || i - start > MAX_LABEL || name.charAt(start) == '-' || name.charAt(i - 1) == '-') {
                    return false;
                }
                start = i + 1;
            } else if (PLAIN.indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return ascii;
    }
}
