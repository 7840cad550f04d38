// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.store.PolicyBody;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * The marks of all accounts that have any, in memory, as the stanza path asks for them, and written behind. At most {@link
 * #MAX_ACCOUNTS}; beyond that nothing more is hidden, and the log says so. Thread-safe.
 */
public final class MarkBook {
    /** How many accounts can have marks. */
    public static final int MAX_ACCOUNTS = 100_000;

    static final String KIND = "omemo-marks";
    private static final Logger LOG = LoggerFactory.getLogger(MarkBook.class);

    private final Map<JID, Marks> marks = new ConcurrentHashMap<>();
    private final RecordWriter writer;

    public MarkBook(RecordWriter writer) {
        this.writer = writer;
    }

    /** Reads all marks; what was marked meanwhile stays. May wait for the database. */
    void load(Records records) throws SQLException {
        long before = Long.MAX_VALUE;
        boolean more = true;
        while (more && marks.size() < MAX_ACCOUNTS) {
            List<Records.Row> page = records.newest(KIND, before, Records.MAX_PAGE);
            int known = marks.size();
            for (Records.Row row : page) {
                JsonObject body = PolicyBody.parse(row.body());
                marks.putIfAbsent(new JID(body.get("owner").getAsString()), of(body));
                // Rows of the same millisecond may be on the next page, too.
                before = row.at() + 1;
            }
            more = page.size() == Records.MAX_PAGE && marks.size() > known;
        }
    }

    /** The account's marks; never null. Reads from memory. */
    public Marks of(JID owner) {
        return marks.getOrDefault(owner.asBareJID(), Marks.NONE);
    }

    /** Whether no account has any. */
    public boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Changes the account's marks, for all who ask from now on. */
    Marks change(JID owner, long now, UnaryOperator<Marks> change) {
        JID bare = owner.asBareJID();
        Marks before = of(bare);
        Marks held = marks.compute(bare, (jid, old) -> {
            Marks changed = change.apply(old == null ? Marks.NONE : old);
            if (old == null && !changed.isEmpty() && marks.size() >= MAX_ACCOUNTS) {
                LOG.warn("{} accounts have hidden devices; one more is not hidden", MAX_ACCOUNTS);
                return null;
            }
            return changed.isEmpty() ? null : changed;
        });
        Marks after = held == null ? Marks.NONE : held;
        if (!after.equals(before)) {
            long expires = after.isEmpty() ? now : Long.MAX_VALUE;
            String id = Scopes.of(bare);
            writer.put(new Records.Row(
                    KIND, id, id, now, expires, body(bare, after).toString()));
        }
        return after;
    }

    private static JsonObject body(JID owner, Marks marks) {
        JsonObject body = new JsonObject();
        body.addProperty("owner", owner.toString());
        body.add("revoked", array(marks.revoked()));
        body.add("hidden", array(marks.hidden()));
        body.add("pending", array(marks.pending()));
        body.add("shown", array(marks.shown()));
        JsonObject ailing = new JsonObject();
        marks.ailing().forEach((generation, ids) -> ailing.add(generation.name(), array(ids)));
        body.add("ailing", ailing);
        return body;
    }

    private static Marks of(JsonObject body) {
        Map<OmemoGeneration, Set<Integer>> ailing = new EnumMap<>(OmemoGeneration.class);
        body.getAsJsonObject("ailing")
                .entrySet()
                .forEach(entry -> ailing.put(OmemoGeneration.valueOf(entry.getKey()), ids(entry.getValue())));
        return new Marks(
                ids(body.get("revoked")),
                ids(body.get("hidden")),
                ids(body.get("pending")),
                ids(body.get("shown")),
                ailing);
    }

    private static JsonArray array(Set<Integer> ids) {
        JsonArray array = new JsonArray();
        ids.stream().sorted().forEach(array::add);
        return array;
    }

    private static Set<Integer> ids(JsonElement array) {
        Set<Integer> ids = new HashSet<>();
        array.getAsJsonArray().forEach(id -> ids.add(id.getAsInt()));
        return ids;
    }
}
