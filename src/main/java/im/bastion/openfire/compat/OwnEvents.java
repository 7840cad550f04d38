// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import org.jivesoftware.openfire.pubsub.LeafNode;

/**
 * Whether the host tells an account's own resources of its events. COMPAT(openfire<4.6): it tells only contacts. The later
 * ones are known by a method that came with it.
 */
public final class OwnEvents {
    private final boolean sent;

    public OwnEvents(Probe probe) {
        this.sent = probe.quietly(LeafNode.class, "getAffiliatesToNotify", Probe.takes()) != null;
        probe.present("pep.own-events", "omemo", sent ? "sent by the host" : "sent by Bastion");
    }

    public boolean areSent() {
        return sent;
    }
}
