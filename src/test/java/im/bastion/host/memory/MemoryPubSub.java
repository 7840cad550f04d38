// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.HostException;
import im.bastion.host.PubSub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dom4j.Element;

/** Nodes in a map; can be taken away. */
public final class MemoryPubSub implements PubSub {
    private final Map<String, Map<String, Element>> nodes = new ConcurrentHashMap<>();
    private volatile boolean away;

    @Override
    public void publish(String nodeId, String itemId, Element payload) {
        requireThere();
        Map<String, Element> items = nodes.computeIfAbsent(nodeId, id -> new LinkedHashMap<>());
        synchronized (items) {
            items.remove(itemId);
            items.put(itemId, payload.createCopy());
            while (items.size() > KEPT) {
                items.remove(items.keySet().iterator().next());
            }
        }
    }

    @Override
    public List<Element> payloads(String nodeId) {
        requireThere();
        Map<String, Element> items = nodes.getOrDefault(nodeId, Map.of());
        synchronized (items) {
            return new ArrayList<>(items.values());
        }
    }

    /** From now on nothing answers (or again). */
    public void goAway(boolean gone) {
        away = gone;
    }

    private void requireThere() {
        if (away) {
            throw new HostException("The publish-subscribe service is away because the test took it away");
        }
    }
}
