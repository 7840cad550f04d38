// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;
import org.dom4j.Element;

/**
 * The server's own publish-subscribe service (XEP-0060), used in the server's name. Waits for the host: not for the stanza
 * path. Throws {@link HostException} when it refuses or does not answer.
 */
public interface PubSub {
    /** Items that a node made here keeps. */
    int KEPT = 100;

    /**
     * Publishes an item. A node that is not there is made: everybody may read it and subscribe, only the server may
     * publish, and the {@link #KEPT} newest items are kept. The host may show it a moment later.
     */
    void publish(String nodeId, String itemId, Element payload);

    /** The payloads of the node's items, in no particular order; empty when there is no such node. */
    List<Element> payloads(String nodeId);
}
