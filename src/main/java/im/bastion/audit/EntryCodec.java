// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The one way an entry is written as bytes: id, time, version, then each text with its length before it, so that no two
 * different entries have the same bytes. What is hashed and what lies in the spool.
 */
final class EntryCodec {
    /** No encoded entry is longer, in bytes: three for each character that is kept, and the fixed parts. */
    static final int MAX_BYTES = 32 * 1024;

    private static final int FIXED_BYTES = 2 * Long.BYTES + Long.BYTES + Integer.BYTES;

    private EntryCodec() {}

    static byte[] encode(PendingEntry entry) {
        AuditEvent event = entry.event();
        List<byte[]> texts = List.of(
                event.guard().getBytes(UTF_8),
                event.actor().getBytes(UTF_8),
                event.action().getBytes(UTF_8),
                event.subject().getBytes(UTF_8),
                // No rule id is empty.
                (event.rule() == null ? "" : event.rule().value()).getBytes(UTF_8),
                event.mode().name().getBytes(UTF_8),
                event.detail().getBytes(UTF_8));
        int length = FIXED_BYTES
                + texts.stream().mapToInt(t -> Integer.BYTES + t.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length)
                .putLong(entry.id().getMostSignificantBits())
                .putLong(entry.id().getLeastSignificantBits())
                .putLong(event.at().toEpochMilli())
                .putInt(event.ruleVersion());
        texts.forEach(text -> bytes.putInt(text.length).put(text));
        return bytes.array();
    }

    /** @throws IllegalArgumentException when these are not the bytes of an entry, and of nothing else */
    static PendingEntry decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            Instant at = Instant.ofEpochMilli(bytes.getLong());
            int ruleVersion = bytes.getInt();
            String guard = text(bytes);
            String actor = text(bytes);
            String action = text(bytes);
            String subject = text(bytes);
            String rule = text(bytes);
            Mode mode = Mode.valueOf(text(bytes));
            String detail = text(bytes);
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("Bytes after the entry");
            }
            RuleId ruleId = rule.isEmpty() ? null : new RuleId(rule);
            return new PendingEntry(
                    id, new AuditEvent(at, guard, actor, action, subject, ruleId, ruleVersion, mode, detail));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The entry ends too early", e);
        }
    }

    private static String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "A text of " + length + " bytes where " + bytes.remaining() + " are left");
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, UTF_8);
    }
}
