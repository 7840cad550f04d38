// SPDX-License-Identifier: Apache-2.0
/** STUN and TURN on the wire (RFC 8489, RFC 8656): values, codec, integrity. No I/O, no clock. May import: the JDK alone. */
package im.bastion.relay.stun;
