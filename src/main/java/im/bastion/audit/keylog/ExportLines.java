// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.audit.merkle.Hash;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Reads an exported file line by line, whoever wrote it: no line is longer than {@link #MAX_LINE} characters, a proof has
 * no more than {@link #MAX_PATH} hashes. Every complaint names the line and is an {@link IllegalArgumentException}.
 */
final class ExportLines {
    static final int MAX_LINE = 16_384;
    static final int MAX_PATH = 128;
    private static final int MAX_WORDS = MAX_PATH + 8;

    private final Reader in;
    private long number;
    private String[] words = {};

    /** @param in best buffered: it is read a character at a time */
    ExportLines(Reader in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end. A last line that does not end was cut off. */
    boolean next() throws IOException {
        StringBuilder line = new StringBuilder();
        number++;
        int c = in.read();
        if (c < 0) {
            return false;
        }
        while (c != '\n') {
            if (c < 0) {
                throw complaint("is cut off");
            }
            if (c < ' ' || c > '~' || line.length() >= MAX_LINE) {
                throw complaint(c < ' ' || c > '~' ? "has a character that is not plain ASCII" : "is too long");
            }
            line.append((char) c);
            c = in.read();
        }
        words = line.toString().split(" ", MAX_WORDS + 1);
        if (words.length > MAX_WORDS) {
            throw complaint("has too many words");
        }
        return true;
    }

    /** The line's first word. */
    String kind() {
        return words[0];
    }

    /** The line as it is. */
    String text() {
        return String.join(" ", words);
    }

    /** How many words come after the first. */
    void requireWords(int least, int most) {
        if (words.length - 1 < least || words.length - 1 > most) {
            throw complaint("has " + (words.length - 1) + " values");
        }
    }

    long number(int word) {
        String text = words[word];
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw complaint("has no number at place " + word);
        }
        return Long.parseLong(text);
    }

    byte[] bytes(int word) {
        try {
            byte[] bytes = Base64.getDecoder().decode(words[word]);
            if (Base64.getEncoder().encodeToString(bytes).equals(words[word])) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw complaint("has no base64 at place " + word);
        }
        throw complaint("has base64 written another way at place " + word);
    }

    String utf8(int word) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(word))).toString();
        } catch (CharacterCodingException e) {
            throw complaint("has no text at place " + word);
        }
    }

    Leaf leaf(int word) {
        byte[] bytes = bytes(word);
        try {
            return LeafCodec.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw complaint("has no leaf: " + e.getMessage());
        }
    }

    SignedHead head(int word) {
        try {
            return SignedHead.parse(utf8(word));
        } catch (IllegalArgumentException e) {
            throw complaint("has no head: " + e.getMessage());
        }
    }

    Opening opening(int word) {
        byte[] bytes = bytes(word);
        try {
            return Opening.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw complaint("has no opening: " + e.getMessage());
        }
    }

    /** The hashes from that word to the end of the line. */
    List<Hash> hashes(int from) {
        List<Hash> hashes = new ArrayList<>();
        for (String word : Arrays.asList(words).subList(from, words.length)) {
            try {
                hashes.add(Hash.ofBase64(word));
            } catch (IllegalArgumentException e) {
                throw complaint("has no hash where one should be");
            }
        }
        return hashes;
    }

    IllegalArgumentException complaint(String what) {
        return new IllegalArgumentException("Line " + number + " " + what);
    }
}
