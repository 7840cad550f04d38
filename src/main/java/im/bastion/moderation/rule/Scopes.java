// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.xmpp.packet.JID;

/** Short names for what records are about: JIDs can be longer than a database likes its keys. */
public final class Scopes {
    private static final int DIGITS = 32;

    private Scopes() {}

    /** Of a room. */
    public static String of(JID room) {
        return of(room.toBareJID());
    }

    /** Of a person in a room. */
    public static String of(JID room, JID person) {
        return of(room.toBareJID() + '\0' + person.toBareJID());
    }

    /** Of any text. */
    public static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
