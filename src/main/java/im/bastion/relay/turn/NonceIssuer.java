// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory: the time they were made and an HMAC over it and the client's address and port, behind the
 * nonce cookie of RFC 8489 §9.2. Nobody else can use one, and a flood of requests leaves nothing behind. Immutable.
 */
public final class NonceIssuer {
    static final long LIFE_SECONDS = 600;

    private static final String COOKIE = "obMatJos2";
    /**
     * What RFC 8489 §18.1 calls security features, 24 bits in base64: password algorithms (bit 0) and username anonymity
     * (bit 1), counted from the right as in the RFC's own example. Covered by the HMAC, so nobody can take one away.
     */
    private static final String FEATURES = "AAAD";

    private static final int MAC_BYTES = 12;
    private static final String MAC_ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key at least 16 random bytes; servers that share clients share it */
    public NonceIssuer(byte[] key) {
        this.key = new SecretKeySpec(key, MAC_ALGORITHM);
    }

    String issue(InetSocketAddress client, long epochSeconds) {
        byte[] nonce = ByteBuffer.allocate(4 + MAC_BYTES)
                .putInt((int) epochSeconds)
                .put(mac(client, (int) epochSeconds))
                .array();
        return COOKIE + FEATURES + Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** Whether this issuer made the nonce for this client, not long ago. */
    boolean accepts(String nonce, InetSocketAddress client, long epochSeconds) {
        if (!nonce.startsWith(COOKIE + FEATURES)) {
            return false;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce.substring(COOKIE.length() + FEATURES.length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != 4 + MAC_BYTES) {
            return false;
        }
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        int made = parts.getInt();
        byte[] mac = new byte[MAC_BYTES];
        parts.get(mac);
        // The difference of two 32-bit times is right across their overflow too.
        int age = (int) epochSeconds - made;
        return MessageDigest.isEqual(mac, mac(client, made)) && age >= 0 && age < LIFE_SECONDS;
    }

    private byte[] mac(InetSocketAddress client, int made) {
        try {
            Mac mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(key);
            mac.update(FEATURES.getBytes(US_ASCII));
            mac.update(client.getAddress().getAddress());
            mac.update(
                    ByteBuffer.allocate(8).putInt(client.getPort()).putInt(made).flip());
            return ByteBuffer.allocate(MAC_BYTES)
                    .put(mac.doFinal(), 0, MAC_BYTES)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC_ALGORITHM + " is part of every Java", e);
        }
    }
}
