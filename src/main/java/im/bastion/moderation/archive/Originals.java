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

    static boolean isOf(Message message, JID room, String stanzaId) {
        return stanzaId.equals(id(message, room));
    }

    static String id(Message message, JID room) {
        return RoomIds.stanzaId(message.getElement(), room.toBareJID());
    }
}
