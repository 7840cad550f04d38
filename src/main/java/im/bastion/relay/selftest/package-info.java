// SPDX-License-Identifier: Apache-2.0
/** Whether clients reach the relay, found out by being one: each way in, through a relayed port and back. May import:
 * relay.client, relay.stun, relay.turn. */
package im.bastion.relay.selftest;
