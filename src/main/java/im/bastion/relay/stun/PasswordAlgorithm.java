// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How a password becomes the integrity key of a long-term credential (RFC 8489 §18.5.1). */
public enum PasswordAlgorithm {
    /** What a client uses that was offered no other or knows no other. */
    MD5(1, "MD5"),
    SHA256(2, "SHA-256");

    private final int number;
    private final String digest;

    PasswordAlgorithm(int number, String digest) {
        this.number = number;
        this.digest = digest;
    }

    /** The algorithm of that number, or null. */
    public static PasswordAlgorithm ofNumber(int number) {
        return number == MD5.number ? MD5 : number == SHA256.number ? SHA256 : null;
    }

    public int number() {
        return number;
    }

    /** The key: a hash over "username:realm:password". */
    public byte[] key(String username, String realm, String password) {
        return hash(digest, username + ':' + realm + ':' + password);
    }

    /** What stands for a user name on the wire where the client wants it hidden (USERHASH, RFC 8489 §14.4): 32 bytes. */
    public static byte[] userhash(String username, String realm) {
        return hash(SHA256.digest, username + ':' + realm);
    }

    private static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every Java", e);
        }
    }
}
