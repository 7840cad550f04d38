// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.host.RoomArchive;
import im.bastion.host.RoomArchive.Logged;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Finds messages in what the host remembers, by the ids the room gave them. */
final class Originals {
    /** How far back the host's log is searched for a message of which nothing else is known. */
    private static final Duration REACH = Duration.ofDays(365);
    /** How far the time of a row may be from when the message passed. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private static final int MAX_ROWS = 10_000;

    private final RoomArchive archive;
    private final InstantSource clock;

    Originals(RoomArchive archive, InstantSource clock) {
        this.archive = archive;
        this.clock = clock;
    }

    /** The live history's message of that id, or null. */
    Message live(JID room, String stanzaId) {
        List<Message> found = new ArrayList<>(1);
        int none = archive.rewriteLive(room, message -> {
            if (isOf(message, room, stanzaId)) {
                found.add(message.createCopy());
            }
            return message;
        });
        return found.isEmpty() || none > 0 ? null : found.get(0);
    }

    /** The database's message of that id; {@code at} is about when it was said, or null when nobody knows. */
    Optional<Logged> row(JID room, String stanzaId, Instant at) {
        Instant from = at == null ? clock.instant().minus(REACH) : at.minus(SLACK);
        Instant to = at == null ? clock.instant().plus(SLACK) : at.plus(SLACK);
        return archive.logged(room, from, to, MAX_ROWS).stream()
                .filter(row -> isOf(row.message(), room, stanzaId))
                .findFirst();
    }

    /** What this account has said in the room since then, as far as it is in the database and has an id. */
    List<Logged> rows(JID room, JID author, Instant since) {
        return archive.logged(room, since, clock.instant().plus(SLACK), MAX_ROWS).stream()
                .filter(row ->
                        !row.nickname().isEmpty() && row.sender().asBareJID().equals(author))
                .filter(row -> !id(row.message(), room).isEmpty())
                .toList();
    }

    /** The room's ids of what the author later put in the message's place (XEP-0308). */
    Set<String> corrections(JID room, JID author, Message corrected, Instant saidAt) {
        if (corrected == null || corrected.getID() == null) {
            return Set.of();
        }
        Set<String> found = new TreeSet<>();
        if (author != null) {
            rows(room, author, saidAt).stream()
                    .filter(row -> isCorrection(row.message(), corrected))
                    .forEach(row -> found.add(id(row.message(), room)));
        }
        int unused = archive.rewriteLive(room, message -> {
            if (isCorrection(message, corrected) && isBySameOccupant(message, corrected)) {
                found.add(id(message, room));
            }
            return message;
        });
        found.remove("");
        return found;
    }

    private static boolean isCorrection(Message message, Message corrected) {
        Element replace = message.getElement().element("replace");
        return replace != null
                && replace.getNamespaceURI().equals("urn:xmpp:message-correct:0")
                && corrected.getID().equals(replace.attributeValue("id"));
    }

    /** By the occupant-id, which outlives a change of the nickname, where both have one. */
    private static boolean isBySameOccupant(Message one, Message other) {
        Element id = one.getElement().element("occupant-id");
        Element otherId = other.getElement().element("occupant-id");
        return (id == null || otherId == null)
                ? one.getFrom() != null && one.getFrom().equals(other.getFrom())
                : id.attributeValue("id", "").equals(otherId.attributeValue("id"));
    }

    static boolean isOf(Message message, JID room, String stanzaId) {
        return stanzaId.equals(id(message, room));
    }

    static String id(Message message, JID room) {
        return RoomIds.stanzaId(message.getElement(), room.toBareJID());
    }
}
