// SPDX-License-Identifier: Apache-2.0
/** Time-limited TURN credentials: minted here, understood by every server that shares the secret. May import:
 * relay.stun. */
package im.bastion.relay.credential;
