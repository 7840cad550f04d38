// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.xmpp.packet.JID;

/** Short names of accounts, by which their records are found. */
final class Scopes {
    private static final int DIGITS = 40;

    private Scopes() {}

    static String of(JID owner) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(owner.toBareJID().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
