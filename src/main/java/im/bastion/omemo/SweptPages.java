// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * A sweep's work, page by page. Rows are written many at once, past the host, since it would load every account to change a
 * single node; accounts that it has in memory are then configured there as well.
 */
final class SweptPages {
    private static final Logger LOG = LoggerFactory.getLogger(SweptPages.class);
    private static final int PAGE = 500;

    /**
     * One page.
     *
     * @param looked how many nodes it had; 0 when there are no more
     * @param last the last of them; null when there was none
     * @param nodes those with which something was not right
     */
    record Page(int looked, PepNodes.Row last, List<SweptNode> nodes) {
        long count(SweptNode.Outcome outcome) {
            return nodes.stream().filter(node -> node.outcome() == outcome).count();
        }
    }

    private final Pep pep;
    private final PepNodes nodes;

    SweptPages(Host host) {
        this.pep = host.pep();
        this.nodes = host.pepNodes();
    }

    /** How many nodes there are to look at. */
    long count() {
        return nodes.count(KeyNode.BEGINNINGS);
    }

    /**
     * Looks at the rows after that one.
     *
     * @param limit what {@code max} stands for
     * @throws HostException when the database is out of reach
     */
    Page sweep(PepNodes.Row after, boolean dryRun, int limit) {
        List<PepNodes.Row> rows = nodes.page(KeyNode.BEGINNINGS, after, PAGE);
        List<SweptNode> found = new ArrayList<>();
        List<PepNodes.Change> wrong = new ArrayList<>();
        for (PepNodes.Row row : rows) {
            PepNodes.Row wanted = KeyNodeRow.wanted(row, limit);
            if (!wanted.equals(row)) {
                wrong.add(new PepNodes.Change(row, wanted));
            } else if (KeyNodeRow.isClosed(row)) {
                found.add(swept(row, SweptNode.Outcome.LEFT));
            }
        }
        if (dryRun) {
            wrong.forEach(change -> found.add(swept(change.before(), SweptNode.Outcome.CHANGED)));
        } else {
            repair(wrong, limit, found);
        }
        return new Page(rows.size(), rows.isEmpty() ? null : rows.get(rows.size() - 1), found);
    }

    private void repair(List<PepNodes.Change> wrong, int limit, List<SweptNode> found) {
        Set<PepNodes.Change> written = new HashSet<>(nodes.replace(wrong));
        for (PepNodes.Change change : wrong) {
            boolean done = repairInMemory(change, limit, written.contains(change));
            found.add(swept(change.before(), done ? SweptNode.Outcome.CHANGED : SweptNode.Outcome.FAILED));
        }
    }

    /** @param written whether the row has been changed */
    private boolean repairInMemory(PepNodes.Change change, int limit, boolean written) {
        String owner = change.before().owner();
        String nodeId = change.before().node().id();
        try {
            if (!nodes.isLoaded(owner)) {
                return written;
            }
            JID account = new JID(owner);
            Pep.Node node = pep.node(account, nodeId);
            if (node == null) {
                return false;
            }
            // Perhaps its owner has changed it and the host has not written that yet.
            PepNodes.Row live = new PepNodes.Row(owner, node, change.before().maxPayloadBytes());
            PepNodes.Row wanted = KeyNodeRow.wanted(live, limit);
            if (wanted.equals(live)) {
                return true;
            }
            List<Pep.Item> onlyInMemory = node.persistent() ? List.of() : pep.items(account, nodeId);
            pep.configure(account, nodeId, KeyNodeRow.configuration(wanted));
            for (Pep.Item item : onlyInMemory) {
                pep.persist(account, nodeId, item.publisher(), List.of(element(item)));
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The node {} of {} could not be repaired", nodeId, owner, e);
            return false;
        }
    }

    private static SweptNode swept(PepNodes.Row row, SweptNode.Outcome outcome) {
        return new SweptNode(row.owner(), row.node(), row.maxPayloadBytes(), outcome);
    }

    private static Element element(Pep.Item item) {
        Element element = DocumentHelper.createElement("item").addAttribute("id", item.id());
        if (item.payload() != null) {
            element.add(item.payload().createCopy());
        }
        return element;
    }
}
