// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

import java.util.Arrays;
import java.util.Base64;

/** A public key or signature as published: bytes whose length says nothing yet about whether they are a key. Immutable. */
public final class KeyBytes {
    /** Characters of base64 that are looked at; no key or signature of any generation comes near. */
    static final int MAX_TEXT = 1_024;

    private final byte[] bytes;

    private KeyBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static KeyBytes of(byte[] bytes) {
        return new KeyBytes(bytes.clone());
    }

    /**
     * Decodes strict base64 (RFC 4648 §4) after removing XML white space, which some clients put between lines.
     *
     * @param what names the element in the error
     */
    static KeyBytes decode(String what, String text) throws OmemoFormatException {
        if (text.length() > MAX_TEXT) {
            throw new OmemoFormatException(what + " is longer than " + MAX_TEXT + " characters");
        }
        String compact = withoutSpace(text);
        // The JDK's decoder lets padding be missing.
        if (compact.length() % 4 != 0) {
            throw new OmemoFormatException(what + " is not base64");
        }
        try {
            return new KeyBytes(Base64.getDecoder().decode(compact));
        } catch (IllegalArgumentException e) {
            throw new OmemoFormatException(what + " is not base64");
        }
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
