// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

/**
 * The end of the chain.
 *
 * @param sequence of the last entry; 0 when there is none
 * @param hash of the last entry
 */
public record ChainHead(long sequence, String hash) {
    /** Before the first entry. */
    public static final ChainHead EMPTY = new ChainHead(0, "0".repeat(64));

    static ChainHead at(AuditEntry entry) {
        return new ChainHead(entry.sequence(), entry.hash());
    }
}
