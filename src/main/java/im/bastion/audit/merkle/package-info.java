// SPDX-License-Identifier: Apache-2.0
/** Append-only Merkle trees as RFC 9162 §2.1 defines them. No I/O, no clock. May import: the JDK. */
package im.bastion.audit.merkle;
