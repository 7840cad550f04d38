// SPDX-License-Identifier: Apache-2.0
/**
 * Datagram sockets and how they are read and written: many at once by Linux's own calls, or one by one by NIO. May import:
 * relay.stun, relay.turn.
 */
package im.bastion.relay.datagram;
