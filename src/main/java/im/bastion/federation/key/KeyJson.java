// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.host.ServerSession.Direction;
import im.bastion.store.PolicyBody;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What is known of a peer's keys as JSON, for the database. Texts are cut, so that a row keeps within 64 KiB. */
final class KeyJson {
    private static final int MAX_TEXT = 255;

    private KeyJson() {}

    static String of(PeerKeys peer) {
        JsonObject json = new JsonObject();
        json.addProperty("domain", peer.domain());
        json.addProperty("direction", peer.direction().name());
        json.addProperty("first", peer.first().toEpochMilli());
        json.addProperty("last", peer.last().toEpochMilli());
        json.addProperty("tls", peer.best().protocol());
        json.addProperty("valid", peer.best().valid());
        json.addProperty("external", peer.best().external());
        json.add("keys", array(peer.keys(), KeyJson::key));
        json.add("alerts", array(peer.alerts(), KeyJson::alert));
        JsonArray accepted = new JsonArray();
        peer.accepted().forEach(accepted::add);
        json.add("accepted", accepted);
        return json.toString();
    }

    /** @throws IllegalArgumentException when the text is not what {@link #of} writes */
    static PeerKeys read(String body) {
        try {
            JsonObject json = PolicyBody.parse(body);
            String domain = text(json, "domain");
            Direction direction = Direction.valueOf(text(json, "direction"));
            return new PeerKeys(
                    domain,
                    direction,
                    list(json, "keys", PeerKeys.MAX_KEYS, KeyJson::key),
                    new Protection(
                            text(json, "tls"),
                            json.get("valid").getAsBoolean(),
                            json.get("external").getAsBoolean()),
                    list(json, "accepted", PeerKeys.MAX_ACCEPTED, JsonElement::getAsString),
                    list(json, "alerts", PeerKeys.MAX_ALERTS, alert -> alert(domain, direction, alert)),
                    time(json, "first"),
                    time(json, "last"));
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | DateTimeException e) {
            throw new IllegalArgumentException("not what Bastion wrote: " + e.getMessage(), e);
        }
    }

    private static JsonObject key(KnownKey key) {
        JsonObject json = new JsonObject();
        json.addProperty("spki", key.spki());
        json.addProperty("certificate", key.certificate());
        json.addProperty("authority", cut(key.authority()));
        json.addProperty("from", key.notBefore().toEpochMilli());
        json.addProperty("until", key.notAfter().toEpochMilli());
        json.addProperty("first", key.first().toEpochMilli());
        json.addProperty("last", key.last().toEpochMilli());
        return json;
    }

    private static KnownKey key(JsonElement element) {
        JsonObject json = element.getAsJsonObject();
        return new KnownKey(
                text(json, "spki"),
                text(json, "certificate"),
                text(json, "authority"),
                time(json, "from"),
                time(json, "until"),
                time(json, "first"),
                time(json, "last"));
    }

    private static JsonObject alert(KeyAlert alert) {
        JsonObject json = new JsonObject();
        json.addProperty("id", alert.id());
        json.addProperty("change", alert.change().name());
        json.addProperty("before", cut(alert.before()));
        json.addProperty("after", cut(alert.after()));
        json.addProperty("detail", cut(alert.detail()));
        json.addProperty("raised", alert.raised().toEpochMilli());
        json.addProperty("last", alert.last().toEpochMilli());
        json.addProperty("times", alert.times());
        json.addProperty("state", alert.state().name());
        json.addProperty("by", cut(alert.by()));
        return json;
    }

    private static KeyAlert alert(String domain, Direction direction, JsonElement element) {
        JsonObject json = element.getAsJsonObject();
        return new KeyAlert(
                text(json, "id"),
                domain,
                direction,
                KeyChange.valueOf(text(json, "change")),
                text(json, "before"),
                text(json, "after"),
                text(json, "detail"),
                time(json, "raised"),
                time(json, "last"),
                json.get("times").getAsLong(),
                KeyAlert.State.valueOf(text(json, "state")),
                text(json, "by"));
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> writer) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(writer.apply(value)));
        return array;
    }

    private static <T> List<T> list(JsonObject json, String name, int max, Function<JsonElement, T> reader) {
        return json.getAsJsonArray(name).asList().stream()
                .limit(max)
                .map(reader)
                .toList();
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static Instant time(JsonObject json, String name) {
        return Instant.ofEpochMilli(json.get(name).getAsLong());
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
