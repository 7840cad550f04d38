// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.util.UUID;

/**
 * An event in its place in the chain.
 *
 * @param sequence 1 for the first, without gaps
 * @param id given when the event was taken up; never twice in the log
 * @param previousHash SHA-256 of the entry before, lowercase hex; 64 zeros for the first
 * @param hash SHA-256 over previousHash, sequence, id and every field of the event, lowercase hex ({@link HashChain})
 */
public record AuditEntry(long sequence, UUID id, AuditEvent event, String previousHash, String hash) {}
