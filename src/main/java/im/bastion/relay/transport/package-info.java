// SPDX-License-Identifier: Apache-2.0
/** Sockets and the thread that serves them: plain NIO, so it runs everywhere. May import: relay.stun, relay.turn. */
package im.bastion.relay.transport;
