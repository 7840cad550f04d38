// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads what {@link HistoryJson} writes, without a tree in between: a simulation reads every row of a month. What cannot be
 * read is an IllegalArgumentException, fields it does not know are left out.
 */
final class HistoryReader {
    private static final int MAX_DEPTH = 8;

    /** What a body is read as. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(HistoryReader reader) throws IOException;
    }

    private final JsonReader json;
    private String domain;

    private HistoryReader(JsonReader json) {
        this.json = json;
    }

    static PeerDay day(String body) {
        return read(body, HistoryReader::day);
    }

    static PeerProfile profile(String body) {
        return read(body, HistoryReader::profile);
    }

    private static <T> T read(String body, Reading<T> reading) {
        try (JsonReader json = new JsonReader(new StringReader(body))) {
            json.setStrictness(Strictness.STRICT);
            json.setNestingLimit(MAX_DEPTH);
            json.beginObject();
            T value = reading.read(new HistoryReader(json));
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("not what Bastion wrote: something follows it");
            }
            return value;
        } catch (IOException | NullPointerException | IllegalStateException | DateTimeException e) {
            throw new IllegalArgumentException("not what Bastion wrote: " + e.getMessage(), e);
        }
    }

    private PeerDay day() throws IOException {
        LocalDate day = null;
        List<Shape> shapes = null;
        Traffic incoming = null;
        Traffic outgoing = null;
        UserSketch users = null;
        long others = 0;
        long failures = 0;
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "domain" -> domain = json.nextString();
                case "day" -> day = LocalDate.parse(json.nextString());
                case "shapes" -> shapes = shapes();
                case "others" -> others = json.nextLong();
                case "in" -> incoming = traffic();
                case "out" -> outgoing = traffic();
                case "failures" -> failures = json.nextLong();
                case "users" -> users = UserSketch.of(json.nextString());
                default -> json.skipValue();
            }
        }
        return new PeerDay(
                Objects.requireNonNull(domain),
                Objects.requireNonNull(day),
                Objects.requireNonNull(shapes),
                others,
                Objects.requireNonNull(incoming),
                Objects.requireNonNull(outgoing),
                failures,
                Objects.requireNonNull(users));
    }

    private PeerProfile profile() throws IOException {
        Instant first = null;
        Instant last = null;
        Shape incoming = null;
        Shape outgoing = null;
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "domain" -> domain = json.nextString();
                case "first" -> first = time();
                case "last" -> last = time();
                case "in" -> incoming = shape();
                case "out" -> outgoing = shape();
                default -> json.skipValue();
            }
        }
        return new PeerProfile(
                Objects.requireNonNull(domain),
                Objects.requireNonNull(first),
                Objects.requireNonNull(last),
                incoming,
                outgoing);
    }

    private List<Shape> shapes() throws IOException {
        List<Shape> shapes = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            shapes.add(shape());
        }
        json.endArray();
        return shapes;
    }

    /** The domain was written before: it is part of the facts. */
    private Shape shape() throws IOException {
        Direction direction = null;
        boolean encrypted = false;
        String protocol = null;
        String cipher = null;
        Establishment establishment = null;
        Authentication authentication = null;
        String key = null;
        Instant until = Instant.MAX;
        String distrust = null;
        NameMatch name = null;
        String address = null;
        String certificate = null;
        long sessions = 0;
        Instant first = null;
        Instant last = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "direction" -> direction = Direction.valueOf(json.nextString());
                case "encrypted" -> encrypted = json.nextBoolean();
                case "protocol" -> protocol = json.nextString();
                case "cipher" -> cipher = json.nextString();
                case "establishment" -> establishment = Establishment.valueOf(json.nextString());
                case "authentication" -> authentication = Authentication.valueOf(json.nextString());
                case "key" -> key = json.nextString();
                case "until" -> until = time();
                case "distrust" -> distrust = json.nextString();
                case "name" -> name = NameMatch.valueOf(json.nextString());
                case "address" -> address = json.nextString();
                case "certificate" -> certificate = json.nextString();
                case "sessions" -> sessions = json.nextLong();
                case "first" -> first = time();
                case "last" -> last = time();
                default -> json.skipValue();
            }
        }
        json.endObject();
        StreamFacts facts = new StreamFacts(
                Objects.requireNonNull(direction),
                Objects.requireNonNull(domain),
                encrypted,
                Objects.requireNonNull(protocol),
                new CipherSuite(Objects.requireNonNull(cipher)),
                Objects.requireNonNull(establishment),
                Objects.requireNonNull(authentication),
                key,
                until,
                distrust,
                Objects.requireNonNull(name));
        return new Shape(
                facts,
                Objects.requireNonNull(address),
                Objects.requireNonNull(certificate),
                sessions,
                Objects.requireNonNull(first),
                Objects.requireNonNull(last));
    }

    private Traffic traffic() throws IOException {
        json.beginArray();
        Traffic traffic = new Traffic(json.nextLong(), json.nextLong(), json.nextLong());
        json.endArray();
        return traffic;
    }

    private Instant time() throws IOException {
        return Instant.ofEpochMilli(json.nextLong());
    }
}
