// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.device.DeviceChange.Kind;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.xmpp.packet.JID;

/** Devices as they are kept: as long as they are listed and a year longer. */
final class DeviceRecord {
    static final String KIND = "omemo-device";
    private static final long KEEP_MILLIS = Duration.ofDays(366).toMillis();

    private DeviceRecord() {}

    static Records.Row row(JID owner, Device device, long now) {
        JsonObject body = new JsonObject();
        body.addProperty("owner", owner.toBareJID());
        body.addProperty("device", device.id());
        body.addProperty("label", device.label());
        body.addProperty("firstSeenAt", device.firstSeenAt());
        body.addProperty("sentAt", device.sentAt());
        JsonArray keys = new JsonArray();
        device.keys().values().forEach(each -> keys.add(json(each)));
        body.add("keys", keys);
        JsonArray history = new JsonArray();
        device.history().forEach(each -> history.add(json(each)));
        body.add("history", history);
        String scope = Scopes.of(owner);
        long expires = device.listed() ? Long.MAX_VALUE : now + KEEP_MILLIS;
        return new Records.Row(KIND, scope + "-" + device.id(), scope, now, expires, body.toString());
    }

    static JID owner(Records.Row row) {
        return new JID(PolicyBody.parse(row.body()).get("owner").getAsString());
    }

    static Device of(Records.Row row) {
        JsonObject body = PolicyBody.parse(row.body());
        Map<OmemoGeneration, DeviceKeys> keys = new EnumMap<>(OmemoGeneration.class);
        for (JsonElement each : body.getAsJsonArray("keys")) {
            DeviceKeys read = keys(each.getAsJsonObject());
            keys.put(read.generation(), read);
        }
        List<Device.Happening> history = new ArrayList<>();
        body.getAsJsonArray("history").forEach(each -> history.add(happening(each.getAsJsonObject())));
        return new Device(
                body.get("device").getAsInt(),
                body.get("label").getAsString(),
                body.get("firstSeenAt").getAsLong(),
                body.get("sentAt").getAsLong(),
                keys,
                history);
    }

    private static JsonObject json(DeviceKeys keys) {
        JsonObject json = new JsonObject();
        json.addProperty("generation", keys.generation().name());
        json.addProperty("listedAt", keys.listedAt());
        json.addProperty(
                "identityKey",
                keys.identityKey() == null ? "" : keys.identityKey().toBase64());
        json.addProperty("signedPreKeyId", keys.signedPreKeyId());
        json.addProperty("signedPreKeyAt", keys.signedPreKeyAt());
        json.addProperty("preKeys", keys.preKeys());
        json.addProperty("publishedAt", keys.publishedAt());
        json.addProperty("usability", keys.usability().name());
        json.addProperty("problem", keys.problem());
        return json;
    }

    private static DeviceKeys keys(JsonObject json) {
        String identity = json.get("identityKey").getAsString();
        return new DeviceKeys(
                OmemoGeneration.valueOf(json.get("generation").getAsString()),
                json.get("listedAt").getAsLong(),
                identity.isEmpty() ? null : KeyBytes.of(Base64.getDecoder().decode(identity)),
                json.get("signedPreKeyId").getAsLong(),
                json.get("signedPreKeyAt").getAsLong(),
                json.get("preKeys").getAsInt(),
                json.get("publishedAt").getAsLong(),
                Usability.valueOf(json.get("usability").getAsString()),
                json.get("problem").getAsString());
    }

    private static JsonObject json(Device.Happening happening) {
        JsonObject json = new JsonObject();
        json.addProperty("at", happening.at());
        json.addProperty("kind", happening.kind().name());
        json.addProperty(
                "generation",
                happening.generation() == null ? "" : happening.generation().name());
        json.addProperty("actor", happening.actor());
        return json;
    }

    private static Device.Happening happening(JsonObject json) {
        String generation = json.get("generation").getAsString();
        return new Device.Happening(
                json.get("at").getAsLong(),
                Kind.valueOf(json.get("kind").getAsString()),
                generation.isEmpty() ? null : OmemoGeneration.valueOf(generation),
                json.get("actor").getAsString());
    }
}
