// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import java.util.regex.Pattern;

/**
 * The keys a peer may have: the one it uses and the one it will use next, each as SHA-256 of its subject public key info
 * (RFC 7469 §2.4) in lowercase hex.
 *
 * @param next null when none is known
 */
public record Pin(String current, String next) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Pin {
        if (!isHash(current) || (next != null && !isHash(next))) {
            throw new IllegalArgumentException("A pin is a SHA-256 hash in lowercase hex");
        }
    }

    /** Whether the text has the form of a pin. */
    public static boolean isHash(String text) {
        return SHA256.matcher(text).matches();
    }

    boolean accepts(String spkiSha256) {
        return spkiSha256.equals(current) || spkiSha256.equals(next);
    }
}
