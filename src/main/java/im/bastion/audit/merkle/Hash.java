// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash. Immutable. */
public final class Hash {
    /** Bytes of a hash. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    /** Takes the array, which nobody changes afterwards. */
    Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException when these are not {@link #BYTES} bytes */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A hash of " + bytes.length + " bytes");
        }
        return new Hash(bytes.clone());
    }

    /** @throws IllegalArgumentException when the text is not base64 of {@link #BYTES} bytes */
    public static Hash ofBase64(String text) {
        return of(Base64.getDecoder().decode(text));
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Lowercase hex. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }

    byte[] shared() {
        return bytes;
    }
}
