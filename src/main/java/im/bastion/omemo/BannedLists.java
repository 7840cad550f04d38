// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import com.google.gson.JsonObject;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import im.bastion.host.StanzaXml;
import im.bastion.omemo.device.ListKeeper;
import im.bastion.omemo.device.OwnerMessages;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.KeyBan;
import im.bastion.policy.Refusal;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Empties the device lists of accounts that must not use that generation, so that nobody encrypts to them, and tells these.
 * Keys stay where they are and each list is kept: it is put back when its owner may use it again and has no other.
 */
final class BannedLists implements AutoCloseable {
    static final String KIND = "omemo-banned-list";

    private static final Logger LOG = LoggerFactory.getLogger(BannedLists.class);
    private static final long RETRY_SECONDS = 60;
    private static final long CLOSING_SECONDS = 5;

    private final Host host;
    private final OwnerMessages messages;
    private final Records records;
    private final ListKeeper keeper;
    private final BooleanSupplier enforces;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "bastion-banned-lists");
        created.setDaemon(true);
        return created;
    });
    private volatile KeyBan ban = KeyBan.NONE;

    /** @param enforces whether lists may be changed */
    BannedLists(Host host, Records records, ListKeeper keeper, BooleanSupplier enforces, InstantSource clock) {
        this.host = host;
        this.messages = new OwnerMessages(host);
        this.records = records;
        this.keeper = keeper;
        this.enforces = enforces;
        this.clock = clock;
    }

    /** From now on keeps the lists of those that are banned empty, and no others. Returns at once. */
    void obey(KeyBan newBan) {
        ban = newBan;
        lookAfter(0);
    }

    private void lookAfter(long seconds) {
        if (!thread.isShutdown()) {
            var unused = thread.schedule(this::look, seconds, TimeUnit.SECONDS);
        }
    }

    private void look() {
        try {
            putBack();
            if (ban != KeyBan.NONE && enforces.getAsBoolean()) {
                empty();
            }
        } catch (HostException | SQLException | RejectedExecutionException e) {
            LOG.warn("Lists of banned encryption could not be looked through; tried again: {}", e.getMessage());
            lookAfter(RETRY_SECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void empty() throws SQLException {
        host.pepNodes().settle();
        PepNodes.Row last = null;
        List<PepNodes.Row> page;
        do {
            page = host.pepNodes().page(KeyNode.LISTS, last, PepNodes.MAX_PAGE);
            for (PepNodes.Row row : page) {
                OmemoNode node = OmemoNode.of(row.node().id());
                if (node != null) {
                    empty(new JID(row.owner()), row.node().id(), node);
                }
                last = row;
            }
        } while (page.size() == PepNodes.MAX_PAGE && !Thread.currentThread().isInterrupted());
    }

    private void empty(JID owner, String nodeId, OmemoNode node) throws SQLException {
        Refusal refusal = ban.refusal(owner, node.generation().namespace());
        Pep.Item item = refusal == null ? null : newest(owner, nodeId);
        if (item == null || item.payload().elements().isEmpty()) {
            return;
        }
        records.put(List.of(kept(owner, nodeId, item)));
        boolean unused = keeper.change(owner, node.generation(), list -> {
            list.clearContent();
            return true;
        });
        String words = refusal.text() + " Your devices were taken off the list by which others encrypt to you.";
        messages.tellAll(owner, words);
    }

    private void putBack() throws SQLException {
        long before = Long.MAX_VALUE;
        List<Row> page;
        do {
            page = records.newest(KIND, before, Records.MAX_PAGE);
            for (Row row : page) {
                JsonObject body = PolicyBody.parse(row.body());
                JID owner = new JID(body.get("owner").getAsString());
                String nodeId = body.get("node").getAsString();
                OmemoNode node = OmemoNode.of(nodeId);
                if (ban.refusal(owner, node.generation().namespace()) == null) {
                    putBack(owner, node.generation(), body);
                    records.delete(KIND, row.id());
                }
                before = row.at();
            }
        } while (page.size() == Records.MAX_PAGE && !Thread.currentThread().isInterrupted());
    }

    private void putBack(JID owner, OmemoGeneration generation, JsonObject body) {
        Element kept = StanzaXml.parse(body.get("list").getAsString());
        boolean unused = keeper.change(owner, generation, list -> {
            if (!list.elements().isEmpty()) {
                return false;
            }
            kept.elements().forEach(entry -> list.add(entry.createCopy()));
            return true;
        });
    }

    private Pep.Item newest(JID owner, String nodeId) {
        List<Pep.Item> items = host.pep().items(owner, nodeId);
        return items.isEmpty() || items.get(0).payload() == null ? null : items.get(0);
    }

    private Row kept(JID owner, String nodeId, Pep.Item item) {
        JsonObject body = new JsonObject();
        body.addProperty("owner", owner.toBareJID());
        body.addProperty("node", nodeId);
        body.addProperty("list", item.payload().asXML());
        return new Row(KIND, id(owner, nodeId), "", clock.millis(), Long.MAX_VALUE, body.toString());
    }

    private static String id(JID owner, String nodeId) {
        try {
            byte[] bytes = (owner.toBareJID() + ' ' + nodeId).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
