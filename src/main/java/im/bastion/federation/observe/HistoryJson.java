// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import im.bastion.federation.tls.StreamFacts;

/** Days and profiles as JSON, for the database; {@link HistoryReader} reads them. */
final class HistoryJson {
    private HistoryJson() {}

    static String of(PeerDay day) {
        JsonObject json = new JsonObject();
        json.addProperty("domain", day.domain());
        json.addProperty("day", day.day().toString());
        JsonArray shapes = new JsonArray();
        day.shapes().forEach(shape -> shapes.add(shape(shape)));
        json.add("shapes", shapes);
        json.addProperty("others", day.others());
        json.add("in", traffic(day.incoming()));
        json.add("out", traffic(day.outgoing()));
        json.addProperty("failures", day.failures());
        json.addProperty("users", day.users().text());
        return json.toString();
    }

    static String of(PeerProfile profile) {
        JsonObject json = new JsonObject();
        json.addProperty("domain", profile.domain());
        json.addProperty("first", profile.firstSeen().toEpochMilli());
        json.addProperty("last", profile.lastSeen().toEpochMilli());
        if (profile.incoming() != null) {
            json.add("in", shape(profile.incoming()));
        }
        if (profile.outgoing() != null) {
            json.add("out", shape(profile.outgoing()));
        }
        return json.toString();
    }

    private static JsonObject shape(Shape shape) {
        StreamFacts facts = shape.facts();
        JsonObject json = new JsonObject();
        json.addProperty("direction", facts.direction().name());
        json.addProperty("encrypted", facts.encrypted());
        json.addProperty("protocol", facts.protocol());
        json.addProperty("cipher", facts.cipher().name());
        json.addProperty("establishment", facts.establishment().name());
        json.addProperty("authentication", facts.authentication().name());
        if (facts.keySha256() != null) {
            json.addProperty("key", facts.keySha256());
            json.addProperty("until", facts.validUntil().toEpochMilli());
        }
        if (facts.distrust() != null) {
            json.addProperty("distrust", facts.distrust());
        }
        json.addProperty("name", facts.name().name());
        json.addProperty("address", shape.address());
        json.addProperty("certificate", shape.certificate());
        json.addProperty("sessions", shape.sessions());
        json.addProperty("first", shape.first().toEpochMilli());
        json.addProperty("last", shape.last().toEpochMilli());
        return json;
    }

    private static JsonArray traffic(Traffic traffic) {
        JsonArray json = new JsonArray();
        json.add(traffic.stanzas());
        json.add(traffic.bytes());
        json.add(traffic.refused());
        return json;
    }
}
