// SPDX-License-Identifier: Apache-2.0
/**
 * Which end-to-end encryption is asked for where, and whether messages have it: proven by what they show. May import: its
 * own sub-packages, gate, policy, host, settings, store, audit, metric.
 */
package im.bastion.encryption;
