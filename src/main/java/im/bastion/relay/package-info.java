// SPDX-License-Identifier: Apache-2.0
/**
 * STUN and TURN inside the server: settings, start and stop. May import: its sub-packages, settings, audit, metric, policy,
 * host.
 */
package im.bastion.relay;
