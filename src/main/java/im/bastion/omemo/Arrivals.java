// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Host;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

/**
 * On hosts that do not do it themselves (Openfire before 4.6), tells a resource that has come, once it is known to want to
 * hear of them, which keys its own account has announced (XEP-0163 §4.3.4). Without that a device never learns that another
 * one has taken it off the list. What a resource wants becomes known with its presence, or with its answer to the server's
 * question about that.
 */
final class Arrivals implements OmemoStep, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    /** So many resources that have been told are remembered; with more, those that are gone are forgotten. */
    private static final int MAX_TOLD = 100_000;

    private static final int MAX_WAITING = 10_000;

    private record Told(long since, Set<String> nodeIds) {}

    private final Host host;
    private final boolean needed;
    private final Map<JID, Told> told = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor worker;

    Arrivals(Host host) {
        this.host = host;
        this.needed = !host.pep().informsOwner();
        worker = new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
            Thread thread = new Thread(task, "bastion-omemo-arrivals");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return needed && point == Point.HANDLED && policy.enforces() ? Interest.PRESENCE | Interest.DISCO : 0;
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        boolean news = passage.stanza() instanceof Presence presence
                ? presence.isAvailable()
                : passage.stanza() instanceof IQ iq && iq.getType() == IQ.Type.result;
        if (news && passage.client() != null) {
            long since = host.users().connectedSince(passage.client());
            if (since != 0) {
                KeyNode.LISTS.forEach(nodeId -> consider(passage.client(), since, nodeId));
            }
        }
        return Verdict.PASS;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void consider(JID resource, long since, String nodeId) {
        if (!host.pep().wants(resource, nodeId) || !isFirst(resource, since, nodeId)) {
            return;
        }
        try {
            worker.execute(() -> tell(resource, nodeId));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is not told of its own keys: too many have come at once", resource);
        }
    }

    private boolean isFirst(JID resource, long since, String nodeId) {
        if (told.size() >= MAX_TOLD) {
            told.keySet().removeIf(known -> !host.users().isConnected(known));
        }
        return told.compute(
                        resource,
                        (key, before) -> before != null && before.since() == since
                                ? before
                                : new Told(since, ConcurrentHashMap.newKeySet()))
                .nodeIds()
                .add(nodeId);
    }

    private void tell(JID resource, String nodeId) {
        try {
            List<Pep.Item> items = host.pep().items(resource.asBareJID(), nodeId);
            if (!items.isEmpty()) {
                List<Element> last = List.of(element(items.get(0)));
                host.stanzas().send(PepEvent.of(resource, resource, nodeId, last, null));
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be told of its own keys", resource, e);
        }
    }

    private static Element element(Pep.Item item) {
        Element element = DocumentHelper.createElement("item").addAttribute("id", item.id());
        if (item.payload() != null) {
            element.add(item.payload().createCopy());
        }
        return element;
    }
}
