// SPDX-License-Identifier: Apache-2.0
/**
 * The devices of each account: what is known of them, how they are, and which are kept from readers. May import:
 * omemo.wire, omemo.check, audit, store, metric, host, policy.
 */
package im.bastion.omemo.device;
