// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Groups;
import im.bastion.host.HostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/** Groups in a map. */
public final class MemoryGroups implements Groups {
    private final Map<String, Set<JID>> groups = new ConcurrentHashMap<>();
    private boolean silent;

    @Override
    public Set<JID> members(String name) {
        if (silent) {
            throw new HostException("The group " + name + " cannot be read");
        }
        return groups.get(name);
    }

    /** Makes the group, or replaces it. */
    public void set(String name, Set<JID> members) {
        groups.put(name, Set.copyOf(members));
    }

    /** Whether what keeps the groups does not answer. */
    public void silent(boolean now) {
        silent = now;
    }
}
