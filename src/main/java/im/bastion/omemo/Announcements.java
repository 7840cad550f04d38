// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Host;
import im.bastion.host.Pep;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * Tells everybody on this server who is to hear of a publish. The host will do it again, for some of them: Openfire before
 * 4.6 leaves out the account's own resources, and a contact's resources behind one that does not want to hear; all versions
 * leave out a subscriber who is in the roster but no contact. What it repeats is dropped as a copy ({@link EventCopies}).
 * Other servers are told by the host alone.
 */
final class Announcements implements KeptPublishListener {
    private final Host host;
    private final SentEvents sent;

    Announcements(Host host, SentEvents sent) {
        this.host = host;
        this.sent = sent;
    }

    @Override
    public void kept(AwaitedPublishes.Publish publish) {
        if (KeyNode.of(publish.nodeId()) == null || publish.items().isEmpty()) {
            return;
        }
        announce(publish.owner(), publish.nodeId(), publish.items(), publish.publisher());
    }

    /** What is about to be published in the owner's name. */
    void announce(JID owner, String nodeId, Element item) {
        announce(owner, nodeId, List.of(item), owner);
    }

    private void announce(JID owner, String nodeId, List<Element> items, JID publisher) {
        sent.begin(new SentEvents.Event(owner, nodeId, false, ContentHash.ofItems(items)));
        for (Pep.Listener listener : host.pep().listeners(owner, nodeId)) {
            JID named = listener.seesPresence() ? publisher : null;
            host.stanzas().send(PepEvent.of(owner, listener.resource(), nodeId, items, named));
        }
    }
}
