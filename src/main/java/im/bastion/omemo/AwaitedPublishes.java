// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.time.Clock;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** The publishes that went to the host and have no answer yet. Thread-safe. */
final class AwaitedPublishes {
    /**
     * One of them.
     *
     * @param publisher the full JID of the client
     * @param items {@code <item/>} elements, each with an id
     * @param creates whether the node did not exist when the publish entered
     */
    record Publish(JID publisher, String nodeId, List<Element> items, NodeDemand demand, boolean creates) {
        JID owner() {
            return publisher.asBareJID();
        }
    }

    private final Awaited<Publish> waiting;

    AwaitedPublishes(Clock clock) {
        this.waiting = new Awaited<>(clock);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Remembers the publish; false as in {@link Awaited#add}. */
    boolean add(String id, Publish publish) {
        return waiting.add(publish.publisher(), id, publish);
    }

    /** Takes out the publish that this is the answer to; null as in {@link Awaited#take}. */
    Publish take(JID client, String id, JID from) {
        return waiting.take(client, id, from);
    }
}
