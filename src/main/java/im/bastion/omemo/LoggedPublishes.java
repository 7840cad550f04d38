// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.keylog.KeyFact;
import im.bastion.audit.keylog.KeyTrail;
import im.bastion.omemo.check.KnownKeys;
import im.bastion.omemo.check.PublishedItem;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.OmemoNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.dom4j.Element;

/** Tells the key log what was published; the log finds out what has changed. What cannot be read is not told. */
final class LoggedPublishes implements KeptPublishListener {
    private final KeyTrail trail;
    private final Clock clock;

    LoggedPublishes(KeyTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void kept(AwaitedPublishes.Publish publish) {
        OmemoNode node = OmemoNode.of(publish.nodeId());
        if (node == null) {
            return;
        }
        Instant now = clock.instant();
        for (Element element : publish.items()) {
            KeyFact fact = fact(now, publish, PublishedItem.of(node, element, KnownKeys.NONE));
            if (fact != null) {
                trail.record(fact);
            }
        }
    }

    private static KeyFact fact(Instant now, AwaitedPublishes.Publish publish, PublishedItem item) {
        String account = publish.owner().toBareJID();
        String generation = item.node().generation().namespace();
        String actor = publish.publisher().toString();
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
