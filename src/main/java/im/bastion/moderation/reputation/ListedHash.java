// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How people and domains are named on lists: SHA-256 of the bare JID or the domain, in hexadecimal digits. */
final class ListedHash {
    private static final int DIGITS = 64;

    private ListedHash() {}

    /** The first 64 bits of the name's hash. */
    static long of(String name) {
        return ByteBuffer.wrap(sha256(name)).getLong();
    }

    /** As it stands on a list. */
    static String hex(String name) {
        return HexFormat.of().formatHex(sha256(name));
    }

    /** Whether it is a hash as lists have it, in small or capital letters. */
    static boolean isHash(String item) {
        if (item.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            if (Character.digit(item.charAt(i), 16) < 0 || item.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The first 64 bits of a hash on a list. */
    static long read(String item) {
        return HexFormat.fromHexDigitsToLong(item, 0, 16);
    }

    private static byte[] sha256(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
