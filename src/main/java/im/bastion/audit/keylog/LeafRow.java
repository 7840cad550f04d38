// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

/** A leaf in the table. Its arrays are not copied, and nobody changes them. */
final class LeafRow {
    private final long index;
    private final byte[] entry;
    private final String subject;
    private final byte[] opening;

    /**
     * @param entry as it is hashed
     * @param subject lowercase hex of the commitment to the account, or {@link KeyLogTable#OWN}
     * @param opening what the entry commits to; null where there is nothing, or not any more
     */
    LeafRow(long index, byte[] entry, String subject, byte[] opening) {
        this.index = index;
        this.entry = entry;
        this.subject = subject;
        this.opening = opening;
    }

    long index() {
        return index;
    }

    byte[] entry() {
        return entry;
    }

    Leaf leaf() {
        return LeafCodec.decode(entry);
    }

    String subject() {
        return subject;
    }

    byte[] opening() {
        return opening;
    }
}
