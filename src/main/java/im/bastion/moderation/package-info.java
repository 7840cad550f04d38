// SPDX-License-Identifier: Apache-2.0
/**
 * Judges what is said in rooms before anybody reads it. May import: its own sub-packages, policy, host, gate, settings,
 * audit, store, metric.
 */
package im.bastion.moderation;
