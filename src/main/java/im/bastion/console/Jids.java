// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import org.xmpp.packet.JID;

/** JIDs as people type them. */
final class Jids {
    private Jids() {}

    /** The bare JID; a name alone is an account of this server. Null when it is none. */
    static JID account(String typed, String domain) {
        if (typed.isEmpty()) {
            return null;
        }
        try {
            JID jid = new JID(typed.contains("@") ? typed : typed + "@" + domain).asBareJID();
            return jid.getNode() == null ? null : jid;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
