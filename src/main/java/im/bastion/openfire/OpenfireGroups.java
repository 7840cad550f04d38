// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Groups;
import im.bastion.host.HostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.group.GroupNotFoundException;
import org.xmpp.packet.JID;

/** Openfire's groups, whatever keeps them. */
final class OpenfireGroups implements Groups {
    @Override
    public Set<JID> members(String name) {
        try {
            Group group = GroupManager.getInstance().getGroup(name);
            Set<JID> members = new HashSet<>();
            add(members, group.getMembers());
            add(members, group.getAdmins());
            return members;
        } catch (GroupNotFoundException e) {
            return null;
        } catch (RuntimeException e) {
            throw new HostException("The group " + name + " cannot be read", e);
        }
    }

    /** Openfire allows groups within groups, as addresses of a resource of its own: those name nobody. */
    private static void add(Set<JID> members, Collection<JID> jids) {
        for (JID jid : jids) {
            if (jid.getNode() != null && jid.getResource() == null) {
                members.add(jid);
            }
        }
    }
}
