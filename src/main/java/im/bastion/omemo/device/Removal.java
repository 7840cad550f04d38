// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.host.StanzaXml;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * A device that was taken off its account's lists, with what it takes to put it back.
 *
 * @param id by which it can be undone, for 30 days
 * @param why in words for the account's owner
 * @param by who did it
 * @param undone whether it was undone
 */
public record Removal(
        String id,
        JID owner,
        int device,
        Kind kind,
        String why,
        String by,
        Instant at,
        boolean undone,
        List<Part> parts) {
    static final String KIND = "omemo-removal";
    private static final long KEEP_MILLIS = Duration.ofDays(30).toMillis();
    /** Beyond it a bundle is not kept: the device publishes a new one when it is back. */
    private static final int MAX_BUNDLE_CHARS = 24_000;

    /** Whether it may come back by itself. */
    public enum Kind {
        REVOKED,
        PRUNED
    }

    /**
     * What was taken away in one generation.
     *
     * @param entry of the list as XML, or empty
     * @param bundle its payload as XML, or empty
     */
    record Part(OmemoGeneration generation, String entry, String bundle) {
        static Part of(OmemoGeneration generation, Element entry, Element bundle) {
            String text = bundle == null ? "" : bundle.asXML();
            return new Part(
                    generation, entry == null ? "" : entry.asXML(), text.length() > MAX_BUNDLE_CHARS ? "" : text);
        }

        static Element element(String xml) {
            return xml.isEmpty() ? null : StanzaXml.parse(xml);
        }
    }

    public Removal {
        parts = List.copyOf(parts);
    }

    Removal asUndone() {
        return new Removal(id, owner, device, kind, why, by, at, true, parts);
    }

    Records.Row row() {
        JsonObject body = new JsonObject();
        body.addProperty("owner", owner.toString());
        body.addProperty("device", device);
        body.addProperty("kind", kind.name());
        body.addProperty("why", why);
        body.addProperty("by", by);
        body.addProperty("undone", undone);
        JsonArray all = new JsonArray();
        for (Part part : parts) {
            JsonObject json = new JsonObject();
            json.addProperty("generation", part.generation().name());
            json.addProperty("entry", part.entry());
            json.addProperty("bundle", part.bundle());
            all.add(json);
        }
        body.add("parts", all);
        long millis = at.toEpochMilli();
        return new Records.Row(KIND, id, Scopes.of(owner), millis, millis + KEEP_MILLIS, body.toString());
    }

    static Removal of(Records.Row row) {
        JsonObject body = PolicyBody.parse(row.body());
        List<Part> parts = new ArrayList<>();
        for (JsonElement each : body.getAsJsonArray("parts")) {
            JsonObject json = each.getAsJsonObject();
            parts.add(new Part(
                    OmemoGeneration.valueOf(json.get("generation").getAsString()),
                    json.get("entry").getAsString(),
                    json.get("bundle").getAsString()));
        }
        return new Removal(
                row.id(),
                new JID(body.get("owner").getAsString()),
                body.get("device").getAsInt(),
                Kind.valueOf(body.get("kind").getAsString()),
                body.get("why").getAsString(),
                body.get("by").getAsString(),
                Instant.ofEpochMilli(row.at()),
                body.get("undone").getAsBoolean(),
                parts);
    }
}
