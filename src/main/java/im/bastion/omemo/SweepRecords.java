// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a sweep remembers between two pages, so that it goes on after a restart, and what it found. */
final class SweepRecords {
    private static final String SWEEP = "omemo-sweep";
    private static final String PAGE = "omemo-sweep-page";
    private static final Duration KEPT = Duration.ofDays(90);
    /** Below what a record holds, with room for what stands around the nodes. */
    private static final int PAGE_BYTES = 48 * 1_024;

    /**
     * A sweep as stored.
     *
     * @param at the last row it has dealt with; null before the first
     */
    record Stored(SweepProgress progress, PepNodes.Row at) {}

    private final Records records;

    SweepRecords(Records records) {
        this.records = records;
    }

    /** The latest sweep; null when there is none. */
    Stored latest() throws SQLException {
        List<Records.Row> rows = records.newest(SWEEP, Long.MAX_VALUE, 1);
        if (rows.isEmpty()) {
            return null;
        }
        JsonObject body = PolicyBody.parse(rows.get(0).body());
        SweepProgress progress = SweepProgress.fromJson(body.get("progress").toString());
        String owner = body.get("owner").getAsString();
        PepNodes.Row at = owner.isEmpty()
                ? null
                : new PepNodes.Row(owner, new Pep.Node(body.get("node").getAsString(), "", false, 0), 0);
        return new Stored(progress, at);
    }

    /** Stores how far it has come, together with what it found since; all or nothing. */
    void save(Stored sweep, List<List<SweptNode>> pages) throws SQLException {
        SweepProgress progress = sweep.progress();
        long started = progress.startedAt().toEpochMilli();
        long expires = started + KEPT.toMillis();
        List<Records.Row> rows = new ArrayList<>();
        int number = progress.pages() - pages.size();
        for (List<SweptNode> page : pages) {
            rows.add(new Records.Row(
                    PAGE, pageId(progress.id(), number++), progress.id(), started, expires, write(page)));
        }
        JsonObject body = new JsonObject();
        body.add("progress", progress.toJson());
        body.addProperty("owner", sweep.at() == null ? "" : sweep.at().owner());
        body.addProperty("node", sweep.at() == null ? "" : sweep.at().node().id());
        rows.add(new Records.Row(SWEEP, progress.id(), "", started, expires, body.toString()));
        records.put(rows);
    }

    /** One page of what it found, counted from 0; empty when there is none. */
    List<SweptNode> page(String sweepId, int number) throws SQLException {
        return records.get(PAGE, pageId(sweepId, number))
                .map(row -> read(row.body()))
                .orElse(List.of());
    }

    /** The nodes in pages of which each fits into a record. */
    static List<List<SweptNode>> pages(List<SweptNode> nodes) {
        List<List<SweptNode>> pages = new ArrayList<>();
        List<SweptNode> page = new ArrayList<>();
        int bytes = 0;
        for (SweptNode node : nodes) {
            int size = toJson(node).toString().getBytes(UTF_8).length;
            if (!page.isEmpty() && bytes + size > PAGE_BYTES) {
                pages.add(page);
                page = new ArrayList<>();
                bytes = 0;
            }
            page.add(node);
            bytes += size + 1;
        }
        if (!page.isEmpty()) {
            pages.add(page);
        }
        return pages;
    }

    private static String pageId(String sweepId, int number) {
        return sweepId + "-" + number;
    }

    private static String write(List<SweptNode> page) {
        JsonArray nodes = new JsonArray();
        page.forEach(node -> nodes.add(toJson(node)));
        JsonObject body = new JsonObject();
        body.add("nodes", nodes);
        return body.toString();
    }

    private static JsonArray toJson(SweptNode node) {
        JsonArray json = new JsonArray();
        json.add(node.owner());
        json.add(node.before().id());
        json.add(node.before().accessModel());
        json.add(node.before().persistent());
        json.add(node.before().maxItems());
        json.add(node.beforePayloadBytes());
        json.add(node.outcome().name());
        return json;
    }

    private static List<SweptNode> read(String body) {
        List<SweptNode> nodes = new ArrayList<>();
        for (JsonElement element : PolicyBody.parse(body).getAsJsonArray("nodes")) {
            JsonArray json = element.getAsJsonArray();
            nodes.add(new SweptNode(
                    json.get(0).getAsString(),
                    new Pep.Node(
                            json.get(1).getAsString(),
                            json.get(2).getAsString(),
                            json.get(3).getAsBoolean(),
                            json.get(4).getAsInt()),
                    json.get(5).getAsInt(),
                    SweptNode.Outcome.valueOf(json.get(6).getAsString())));
        }
        return nodes;
    }
}
