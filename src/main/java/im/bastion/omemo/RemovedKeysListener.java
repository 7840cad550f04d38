// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import java.util.List;
import org.xmpp.packet.JID;

/** Told what an owner has taken away, once the host's result is true. */
@FunctionalInterface
interface RemovedKeysListener {
    /**
     * On the host's thread: must not wait.
     *
     * @param client who did it, a full JID
     * @param remaining what the node still holds, newest first; empty for one that is no more
     */
    void removed(JID client, String nodeId, List<Pep.Item> remaining);
}
