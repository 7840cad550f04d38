// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import org.xmpp.packet.JID;

/**
 * One of the two ends of a message: a person's account, or a room.
 *
 * @param address the bare JID
 * @param domain its domain
 */
public record End(String address, String domain, Kind kind) {
    /** What is there. */
    public enum Kind {
        /** An account here or elsewhere. */
        ACCOUNT,
        /** A room here or elsewhere. */
        ROOM,
        /** An external component of this server: a gateway, a bot. General rules are not for it. */
        COMPONENT
    }

    public static End of(JID jid, Kind kind) {
        return new End(jid.toBareJID(), jid.getDomain(), kind);
    }
}
