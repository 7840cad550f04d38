// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.server.inside.InsideTask;
import java.util.List;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.roster.Roster;
import org.jivesoftware.openfire.roster.RosterItem;
import org.xmpp.packet.JID;

/** Puts contacts on the roster of the first argument, a user name, each seeing the other's presence: names, or full addresses. */
public final class Befriend implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            befriend(arguments[0], jid(arguments[i]));
            if (!arguments[i].contains("@")) {
                befriend(arguments[i], jid(arguments[0]));
            }
        }
        return "";
    }

    private static JID jid(String name) {
        return name.contains("@") ? new JID(name) : XMPPServer.getInstance().createJID(name, null);
    }

    private static void befriend(String user, JID contact) throws Exception {
        Roster roster = XMPPServer.getInstance().getRosterManager().getRoster(user);
        RosterItem item = roster.isRosterItem(contact)
                ? roster.getRosterItem(contact)
                : roster.createRosterItem(contact, contact.getNode(), List.of(), false, true);
        item.setSubStatus(RosterItem.SUB_BOTH);
        roster.updateRosterItem(item);
    }
}
