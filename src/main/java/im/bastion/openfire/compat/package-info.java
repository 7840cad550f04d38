// SPDX-License-Identifier: Apache-2.0
/**
 * One class for each difference between Openfire 4.2 and 5.1, bound once at start by method handles found by name and
 * shape. May import: host, org.jivesoftware (types that never flipped).
 */
package im.bastion.openfire.compat;
