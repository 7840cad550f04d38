// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import org.xmpp.packet.JID;

/**
 * Somebody in a room.
 *
 * @param realJid the full JID behind the nickname
 * @param roomJid room@service/nickname
 */
public record Occupant(JID realJid, JID roomJid, Role role, Affiliation affiliation) {}
