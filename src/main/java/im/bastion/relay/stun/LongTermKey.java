// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The integrity key of a long-term credential (RFC 8489 §18.5.1.1). */
public final class LongTermKey {
    private LongTermKey() {}

    /** MD5 over "username:realm:password", which is what a client uses that was offered no other algorithm. */
    public static byte[] md5(String username, String realm, String password) {
        try {
            return MessageDigest.getInstance("MD5").digest((username + ':' + realm + ':' + password).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is part of every Java", e);
        }
    }
}
