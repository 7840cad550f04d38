// SPDX-License-Identifier: Apache-2.0
/** What an admin needs outside of this server: firewall rules and DNS records to paste, and the address the world sees.
 * May import: relay.client, relay.turn. */
package im.bastion.relay.setup;
