// SPDX-License-Identifier: Apache-2.0
/**
 * The TURN server as a state machine (RFC 8656): one handler for each method, time passed in, no I/O, no clock. May import:
 * relay.stun, relay.credential, metric.
 */
package im.bastion.relay.turn;
