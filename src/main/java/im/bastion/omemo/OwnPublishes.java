// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Host;
import im.bastion.omemo.device.ListKeeper;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** What the server publishes in owners' names: told to everybody as a client's publish is, and in the key log as its own. */
final class OwnPublishes implements ListKeeper.Publisher {
    private final Host host;
    private final Announcements announcements;
    private final LoggedPublishes logged;

    OwnPublishes(Host host, Announcements announcements, LoggedPublishes logged) {
        this.host = host;
        this.announcements = announcements;
        this.logged = logged;
    }

    @Override
    public void publish(JID owner, String nodeId, String itemId, Element payload) {
        Element item = DocumentHelper.createElement("item").addAttribute("id", itemId);
        item.add(payload.createCopy());
        announcements.announce(owner, nodeId, item);
        host.pep().publish(owner, nodeId, itemId, payload);
        logged.record(owner, nodeId, List.of(item), host.domain());
    }
}
