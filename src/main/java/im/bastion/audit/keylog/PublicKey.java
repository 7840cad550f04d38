// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A raw Ed25519 public key (RFC 8032 §5.1.5). Immutable. */
public final class PublicKey {
    static final int BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    /** The algorithm byte of Ed25519 in signed notes (C2SP signed-note). */
    private static final byte ED25519 = 1;

    private final byte[] bytes;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException when these are not {@link #BYTES} bytes */
    static PublicKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A key of " + bytes.length + " bytes");
        }
        return new PublicKey(bytes.clone());
    }

    /**
     * Reads a key as {@link #toText} writes it.
     *
     * @throws IllegalArgumentException when the text is none, or its hash is not the key's
     */
    static PublicKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A key is name+hash+key");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != BYTES + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException("Not an Ed25519 key");
        }
        PublicKey key = of(Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.toText(parts[0]).equals(text)) {
            throw new IllegalArgumentException("The hash is not that of the key");
        }
        return key;
    }

    byte[] toArray() {
        return bytes.clone();
    }

    /** The key as verifiers of signed notes take it: name, hash and key. */
    public String toText(String name) {
        byte[] typed = ByteBuffer.allocate(BYTES + 1).put(ED25519).put(bytes).array();
        return name + "+" + HexFormat.of().toHexDigits(hash(name)) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** What a signature line says about the key it was made with. */
    int hash(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) '\n');
            digest.update(ED25519);
            return ByteBuffer.wrap(digest.digest(bytes)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether the signature is this key's over the message. */
    boolean verifies(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_BYTES
                && Ed25519.verify(signature, 0, bytes, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
