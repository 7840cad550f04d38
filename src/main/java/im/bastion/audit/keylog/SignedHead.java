// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A head with its signatures, written as a signed note (C2SP signed-note): the head's text, an empty line, a line for each
 * signature. Witnesses can add theirs.
 */
public record SignedHead(TreeHead head, List<Signature> signatures) {
    /** Characters of a note that are looked at. */
    static final int MAX_TEXT = 8_192;

    private static final int MAX_SIGNATURES = 16;
    private static final String MARK = "\u2014 ";

    /**
     * One signature.
     *
     * @param name the signer's
     * @param keyHash tells the signer's keys apart
     * @param value base64
     */
    public record Signature(String name, int keyHash, String value) {}

    public SignedHead {
        signatures = List.copyOf(signatures);
    }

    /** Whether the key has signed it, under the name of the log itself. */
    boolean isSignedBy(PublicKey key) {
        int hash = key.hash(head.origin());
        byte[] text = head.toText().getBytes(UTF_8);
        return signatures.stream()
                .anyMatch(s -> s.name().equals(head.origin())
                        && s.keyHash() == hash
                        && key.verifies(text, Base64.getDecoder().decode(s.value())));
    }

    /** The note. */
    public String toText() {
        StringBuilder note = new StringBuilder(head.toText()).append('\n');
        for (Signature signature : signatures) {
            byte[] value = Base64.getDecoder().decode(signature.value());
            ByteBuffer line = ByteBuffer.allocate(Integer.BYTES + value.length)
                    .putInt(signature.keyHash())
                    .put(value);
            note.append(MARK)
                    .append(signature.name())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(line.array()))
                    .append('\n');
        }
        return note.toString();
    }

    /** @throws IllegalArgumentException when the text is not a signed head */
    public static SignedHead parse(String note) {
        int end = note.indexOf("\n\n");
        if (note.length() > MAX_TEXT || end < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("Not a signed head");
        }
        String[] lines = note.substring(end + 2, note.length() - (note.length() > end + 2 ? 1 : 0))
                .split("\n", -1);
        if (lines.length > MAX_SIGNATURES) {
            throw new IllegalArgumentException("More than " + MAX_SIGNATURES + " signatures");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(signature(line));
        }
        return new SignedHead(TreeHead.parse(note.substring(0, end + 1)), signatures);
    }

    private static Signature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(MARK) || space <= MARK.length()) {
            throw new IllegalArgumentException("Not a signature line");
        }
        byte[] value = Base64.getDecoder().decode(line.substring(space + 1));
        if (value.length <= Integer.BYTES) {
            throw new IllegalArgumentException("A signature without bytes");
        }
        return new Signature(
                line.substring(MARK.length(), space),
                ByteBuffer.wrap(value).getInt(),
                Base64.getEncoder().encodeToString(Arrays.copyOfRange(value, Integer.BYTES, value.length)));
    }
}
