// SPDX-License-Identifier: Apache-2.0
/**
 * The key log: every change of a device list or of keys, in a Merkle tree whose signed heads are published, so that
 * nobody can take back or change what was logged without being found out (RFC 9162 style). May import: audit,
 * audit.merkle, store, host, metric, policy.
 */
package im.bastion.audit.keylog;
