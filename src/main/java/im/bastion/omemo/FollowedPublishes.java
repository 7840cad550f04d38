// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.device.ListKeeper;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.OmemoNode;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Tells the book what was published, and who the publisher is, and what was taken away. */
final class FollowedPublishes implements KeptPublishListener, RemovedKeysListener {
    private final DeviceBook book;
    private final SessionDevices sessions;
    private final ListKeeper keeper;

    FollowedPublishes(DeviceBook book, SessionDevices sessions, ListKeeper keeper) {
        this.book = book;
        this.sessions = sessions;
        this.keeper = keeper;
    }

    @Override
    public void kept(AwaitedPublishes.Publish publish) {
        OmemoNode node = OmemoNode.of(publish.nodeId());
        if (node == null) {
            return;
        }
        for (Element item : publish.items()) {
            List<Element> payloads = item.elements();
            Element payload = payloads.isEmpty() ? null : payloads.get(0);
            String id = item.attributeValue("id");
            book.published(publish.publisher(), node, id, payload);
            int device = DeviceId.parse(node.holdsManyItems() ? id : node.deviceSuffix());
            if (node.kind() == OmemoNode.Kind.BUNDLES && device != 0) {
                sessions.learn(publish.publisher(), device);
            }
        }
        ListPublish list = ListPublish.of(publish.publisher(), node, publish.items());
        if (list != null) {
            keeper.kept(list.owner(), list.generation(), list.payload());
        }
    }

    @Override
    public void removed(JID client, String nodeId, List<Pep.Item> remaining) {
        OmemoNode node = OmemoNode.of(nodeId);
        if (node == null) {
            return;
        }
        if (node.kind() == OmemoNode.Kind.DEVICES && DeviceBook.follows(node.generation())) {
            keeper.forget(client.asBareJID(), node.generation());
        }
        book.lookSoon(client.asBareJID());
    }
}
