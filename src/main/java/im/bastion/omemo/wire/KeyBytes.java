// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.Arrays;
import java.util.Base64;

/**
 * A public key or signature as published: bytes whose length says nothing yet about whether they are a key. Immutable;
 * equal when the bytes are, however they were written.
 */
public final class KeyBytes {
    /** Characters of base64 that are looked at; no key or signature of any generation comes near. */
    static final int MAX_TEXT = 1_024;

    private final byte[] bytes;
    private final boolean canonical;

    private KeyBytes(byte[] bytes, boolean canonical) {
        this.bytes = bytes;
        this.canonical = canonical;
    }

    public static KeyBytes of(byte[] bytes) {
        return new KeyBytes(bytes.clone(), true);
    }

    /**
     * Decodes base64 (RFC 4648 §4) after removing XML white space, which some clients put between lines. Padding may be
     * missing and unused bits may be set, as many decoders let them.
     *
     * @param what names the element in the error
     */
    public static KeyBytes decode(String what, String text) throws OmemoFormatException {
        if (text.length() > MAX_TEXT) {
            throw new OmemoFormatException(what + " is longer than " + MAX_TEXT + " characters");
        }
        String compact = withoutSpace(text);
        try {
            byte[] decoded = Base64.getDecoder().decode(compact);
            return new KeyBytes(decoded, compact.equals(Base64.getEncoder().encodeToString(decoded)));
        } catch (IllegalArgumentException e) {
            throw new OmemoFormatException(what + " is not base64");
        }
    }

    /** Whether the base64 it came from was padded and had no bits set that stand for nothing (RFC 4648 §3.2, §3.5). */
    public boolean isCanonical() {
        return canonical;
    }

    public int length() {
        return bytes.length;
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }

    private static String withoutSpace(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
