// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.keylog.KeyFact;
import im.bastion.audit.keylog.KeyTrail;
import im.bastion.host.Pep;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.OmemoNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * Tells the key log what was published, and which list is no more; the log finds out what has changed. What cannot be read is
 * not told.
 */
final class LoggedPublishes implements KeptPublishListener, RemovedKeysListener {
    private final KeyTrail trail;
    private final Clock clock;

    LoggedPublishes(KeyTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void kept(AwaitedPublishes.Publish publish) {
        record(
                publish.owner(),
                publish.nodeId(),
                publish.items(),
                publish.publisher().toString());
    }

    @Override
    public void removed(JID client, String nodeId, List<Pep.Item> remaining) {
        OmemoNode node = OmemoNode.of(nodeId);
        if (node != null && node.kind() == OmemoNode.Kind.DEVICES) {
            Element list = remaining.isEmpty() ? null : remaining.get(0).payload();
            trail.record(new KeyFact.Devices(
                    clock.instant(),
                    client.toBareJID(),
                    node.generation().namespace(),
                    list == null ? Set.of() : ListMerge.ids(node.generation(), list),
                    client.toString()));
        }
    }

    /** @param actor who published it: the full JID of a client, or the server's domain */
    void record(JID owner, String nodeId, List<Element> items, String actor) {
        OmemoNode node = OmemoNode.of(nodeId);
        if (node == null) {
            return;
        }
        Instant now = clock.instant();
        for (Element element : items) {
            KeyFact fact = fact(now, owner, actor, PublishedItem.of(node, element, KnownKeys.NONE));
            if (fact != null) {
                trail.record(fact);
            }
        }
    }

    private static KeyFact fact(Instant now, JID owner, String actor, PublishedItem item) {
        String account = owner.toBareJID();
        String generation = item.node().generation().namespace();
        if (item.devices() != null) {
            return new KeyFact.Devices(
                    now, account, generation, Set.copyOf(item.devices().ids()), actor);
        }
        Bundle bundle = item.bundle();
        int device = item.device();
        if (bundle == null || device == 0) {
            return null;
        }
        IdentityKey identity = IdentityKey.of(item.node().generation(), bundle.identityKey());
        return identity == null
                ? null
                : new KeyFact.Keys(now, account, generation, device, identity.hex(), bundle.signedPreKeyId(), actor);
    }
}
