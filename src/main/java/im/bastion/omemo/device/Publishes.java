// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.device.Observation.Place;
import im.bastion.omemo.wire.DeviceId;
import im.bastion.omemo.wire.OmemoNode;
import java.util.Map;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** What a publish says about the publisher's devices. */
final class Publishes {
    private Publishes() {}

    /** Null when it says nothing: other generations, verification nodes, bundles that nobody finds. */
    static Observation observation(JID client, OmemoNode node, String itemId, Element payload, long now) {
        if (!HostNodes.GENERATIONS.contains(node.generation())) {
            return null;
        }
        String actor = client.toString();
        if (node.kind() == OmemoNode.Kind.DEVICES) {
            return new Observation(now, Map.of(node.generation(), HostNodes.list(payload, actor)), Map.of(), Set.of());
        }
        int device = device(node, itemId);
        if (node.kind() != OmemoNode.Kind.BUNDLES || device == 0) {
            return null;
        }
        return new Observation(
                now,
                Map.of(),
                Map.of(new Place(node.generation(), device), HostNodes.bundle(payload, actor)),
                Set.of());
    }

    static int device(OmemoNode node, String itemId) {
        return DeviceId.parse(node.holdsManyItems() ? itemId : node.deviceSuffix());
    }
}
