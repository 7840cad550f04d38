// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;

/**
 * Makes a result true before the client sees it: hosts acknowledge a publish first, put the item into memory after that
 * and write it minutes later. At the result all of the host's own checks have passed and the node exists, so that here,
 * on the host's thread, the node is configured and the items are written; only then the result goes out. The one place
 * where a stanza waits for the database.
 */
final class PublishAnswers implements OmemoStep {
    private static final Logger LOG = LoggerFactory.getLogger(PublishAnswers.class);

    /** So many accounts can have a node configured at once. */
    private static final int TURNS = 64;

    private final Pep pep;
    private final AwaitedPublishes awaited;
    private final List<KeptPublishListener> listeners;
    private final OmemoRecord record;
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    PublishAnswers(Pep pep, AwaitedPublishes awaited, List<KeptPublishListener> listeners, OmemoRecord record) {
        this.pep = pep;
        this.awaited = awaited;
        this.listeners = listeners;
        this.record = record;
    }

    /** What was taken in is seen through, even when the mode has changed since. */
    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return point == Point.DELIVERING && !awaited.isEmpty() ? Interest.ANSWER : 0;
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        if (passage.stanza() instanceof IQ answer && passage.client() != null && answer.getID() != null) {
            AwaitedPublishes.Publish publish = awaited.take(passage.client(), answer.getID(), passage.from());
            if (publish != null && answer.getType() == IQ.Type.result) {
                deliver(publish, answer, policy.durable());
            }
        }
        return Verdict.PASS;
    }

    private void deliver(AwaitedPublishes.Publish publish, IQ answer, boolean durable) {
        try {
            complete(publish, durable);
        } catch (RuntimeException e) {
            // Whatever went wrong, a false result must not go out.
            LOG.warn("A publish to {} was answered with an error: {}", publish.nodeId(), e.getMessage(), e);
            record.notKept(publish, e.getMessage());
            answer.setError(later());
            return;
        }
        for (KeptPublishListener listener : listeners) {
            try {
                listener.kept(publish);
            } catch (RuntimeException e) {
                // The result is true all the same.
                LOG.warn("Not everything followed from a publish to {}", publish.nodeId(), e);
            }
        }
    }

    /** What a client is told whose request the database did not take. */
    static PacketError later() {
        return new PacketError(
                PacketError.Condition.internal_server_error,
                PacketError.Type.wait,
                "The server could not store this. Please try again later.");
    }

    private void complete(AwaitedPublishes.Publish publish, boolean durable) {
        if (!configure(publish) || !durable) {
            return;
        }
        try {
            persist(publish);
        } catch (HostException e) {
            // Two requests that make a node at once may leave the one in memory and the row of the other.
            LOG.debug("The row of {} does not match what is in memory; it is written again", publish.nodeId(), e);
            pep.configure(publish.owner(), publish.nodeId(), quietly(Map.of(NodeForm.PERSIST_ITEMS, "1")));
            persist(publish);
        }
        record.kept();
    }

    private void persist(AwaitedPublishes.Publish publish) {
        pep.persist(publish.owner(), publish.nodeId(), publish.publisher(), publish.items());
    }

    /** Whether the node keeps its items, as it then is. */
    private boolean configure(AwaitedPublishes.Publish publish) {
        // Hosts show a configuration before it is in the database: another device of the account must not rely on it.
        synchronized (turns[Math.floorMod(publish.owner().hashCode(), turns.length)]) {
            Pep.Node node = pep.node(publish.owner(), publish.nodeId());
            if (node == null) {
                throw new HostException("The host has acknowledged a publish to a node that is not there");
            }
            Map<String, String> changes = publish.demand().changes(node, publish.creates());
            if (changes.isEmpty()) {
                return node.persistent();
            }
            pep.configure(publish.owner(), publish.nodeId(), quietly(changes));
            if (publish.creates()) {
                record.made();
            } else {
                record.repaired(publish.owner(), node, changes, Mode.ENFORCE);
            }
            return !"0".equals(changes.get(NodeForm.PERSIST_ITEMS));
        }
    }

    /** Else every contact would be told of the new configuration, which no client has a use for. */
    private static Map<String, String> quietly(Map<String, String> changes) {
        Map<String, String> quiet = new LinkedHashMap<>(changes);
        quiet.put("pubsub#notify_config", "0");
        return quiet;
    }
}
