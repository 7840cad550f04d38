// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

/**
 * An event in its place in the chain.
 *
 * @param sequence 1 for the first, without gaps
 * @param previousHash SHA-256 of the entry before, lowercase hex; 64 zeros for the first
 * @param hash SHA-256 over previousHash and every field of the event, lowercase hex
 */
public record AuditEntry(long sequence, AuditEvent event, String previousHash, String hash) {}
