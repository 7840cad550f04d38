// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The chain that makes a change of the past visible: each entry's hash is SHA-256 over "bastion-audit-1", the hash of the
 * entry before (32 bytes), the sequence (8 bytes, big-endian) and the entry's canonical bytes.
 */
public final class HashChain {
    private static final byte[] DOMAIN = "bastion-audit-1".getBytes(US_ASCII);
    private static final HexFormat HEX = HexFormat.of();

    private HashChain() {}

    /** The event as the entry after the head. */
    static AuditEntry next(ChainHead head, PendingEntry pending) {
        long sequence = head.sequence() + 1;
        String hash = hash(head.hash(), sequence, pending);
        return new AuditEntry(sequence, pending.id(), pending.event(), head.hash(), hash);
    }

    /** What the entry's hash must be. */
    static String hashOf(AuditEntry entry) {
        return hash(entry.previousHash(), entry.sequence(), new PendingEntry(entry.id(), entry.event()));
    }

    private static String hash(String previousHash, long sequence, PendingEntry pending) {
        MessageDigest digest = sha256();
        digest.update(DOMAIN);
        digest.update(HEX.parseHex(previousHash));
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence));
        digest.update(EntryCodec.encode(pending));
        return HEX.formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
