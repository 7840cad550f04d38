// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import im.bastion.store.PolicyBody;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Days and profiles as JSON, for the database. What cannot be read is an IllegalArgumentException. */
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

    static PeerDay day(String body) {
        return reading(() -> {
            JsonObject json = PolicyBody.parse(body);
            String domain = json.get("domain").getAsString();
            List<Shape> shapes = new ArrayList<>();
            for (JsonElement shape : json.getAsJsonArray("shapes")) {
                shapes.add(shape(domain, shape.getAsJsonObject()));
            }
            return new PeerDay(
                    domain,
                    LocalDate.parse(json.get("day").getAsString()),
                    shapes,
                    json.get("others").getAsLong(),
                    traffic(json.getAsJsonArray("in")),
                    traffic(json.getAsJsonArray("out")),
                    json.get("failures").getAsLong(),
                    UserSketch.of(json.get("users").getAsString()));
        });
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

    static PeerProfile profile(String body) {
        return reading(() -> {
            JsonObject json = PolicyBody.parse(body);
            String domain = json.get("domain").getAsString();
            return new PeerProfile(
                    domain,
                    time(json.get("first")),
                    time(json.get("last")),
                    json.has("in") ? shape(domain, json.getAsJsonObject("in")) : null,
                    json.has("out") ? shape(domain, json.getAsJsonObject("out")) : null);
        });
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

    private static Shape shape(String domain, JsonObject json) {
        StreamFacts facts = new StreamFacts(
                Direction.valueOf(json.get("direction").getAsString()),
                domain,
                json.get("encrypted").getAsBoolean(),
                json.get("protocol").getAsString(),
                new CipherSuite(json.get("cipher").getAsString()),
                Establishment.valueOf(json.get("establishment").getAsString()),
                Authentication.valueOf(json.get("authentication").getAsString()),
                json.has("key") ? json.get("key").getAsString() : null,
                json.has("until") ? time(json.get("until")) : Instant.MAX,
                json.has("distrust") ? json.get("distrust").getAsString() : null,
                NameMatch.valueOf(json.get("name").getAsString()));
        return new Shape(
                facts,
                json.get("address").getAsString(),
                json.get("certificate").getAsString(),
                json.get("sessions").getAsLong(),
                time(json.get("first")),
                time(json.get("last")));
    }

    private static JsonArray traffic(Traffic traffic) {
        JsonArray json = new JsonArray();
        json.add(traffic.stanzas());
        json.add(traffic.bytes());
        json.add(traffic.refused());
        return json;
    }

    private static Traffic traffic(JsonArray json) {
        return new Traffic(
                json.get(0).getAsLong(), json.get(1).getAsLong(), json.get(2).getAsLong());
    }

    private static Instant time(JsonElement millis) {
        return Instant.ofEpochMilli(millis.getAsLong());
    }

    /** A row of the database. */
    @FunctionalInterface
    private interface Reading<T> {
        T read();
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | IndexOutOfBoundsException
                | DateTimeException e) {
            throw new IllegalArgumentException("not what Bastion wrote: " + e.getMessage(), e);
        }
    }
}
