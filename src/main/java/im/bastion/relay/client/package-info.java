// SPDX-License-Identifier: Apache-2.0
/** A STUN and TURN client on blocking sockets, to look at a relay as its clients do. May import: relay.stun,
 * relay.turn, relay.transport. */
package im.bastion.relay.client;
