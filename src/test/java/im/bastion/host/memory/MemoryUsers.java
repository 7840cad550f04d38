// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Users;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.xmpp.packet.JID;

/** Accounts in sets. */
public final class MemoryUsers implements Users {
    private final Set<JID> accounts = new ConcurrentSkipListSet<>();
    private final Map<JID, Long> connected = new ConcurrentHashMap<>();
    private final AtomicLong time = new AtomicLong(1);
    private final Set<JID> admins = new ConcurrentSkipListSet<>();

    @Override
    public boolean isRegistered(JID jid) {
        return accounts.contains(jid.asBareJID());
    }

    @Override
    public boolean isConnected(JID fullJid) {
        return connected.containsKey(fullJid);
    }

    @Override
    public long connectedSince(JID fullJid) {
        return connected.getOrDefault(fullJid, 0L);
    }

    @Override
    public boolean isAdmin(JID jid) {
        return admins.contains(jid.asBareJID());
    }

    @Override
    public List<JID> admins() {
        return List.copyOf(admins);
    }

    /** Makes the account of that name. */
    public JID register(String name) {
        JID jid = new JID(name, MemoryHost.DOMAIN, null);
        accounts.add(jid);
        return jid;
    }

    /** Makes the account of that name, an administrator of the server. */
    public JID registerAdmin(String name) {
        JID jid = register(name);
        admins.add(jid);
        return jid;
    }

    /** A client of a registered account binds this resource. */
    public JID connect(JID account, String resource) {
        JID full = new JID(account.getNode(), account.getDomain(), resource);
        connected.put(full, time.getAndIncrement());
        return full;
    }

    /** The connected resources of an account. */
    List<JID> resources(JID account) {
        return connected.keySet().stream()
                .filter(resource -> resource.asBareJID().equals(account.asBareJID()))
                .sorted()
                .toList();
    }

    /** The client is gone. */
    public void disconnect(JID fullJid) {
        connected.remove(fullJid);
    }
}
