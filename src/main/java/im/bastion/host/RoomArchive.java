// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * What the host remembers of rooms: the live history that joiners are shown, and the log in its database, which lags
 * behind (4.2.0 writes every five minutes, 5.x within a second). May wait for locks and the database: not for the stanza
 * path. Throws {@link HostException} when the host or its database refuses.
 */
public interface RoomArchive {
    /**
     * One message in the database.
     *
     * @param room the bare JID
     * @param key what identifies the row for {@link #rewrite}; opaque
     * @param sender the real JID
     * @param nickname as it was then; empty for the room itself
     * @param at when it was said
     * @param message the stanza as broadcast, made from body and subject where the host kept no stanza; never null
     */
    record Logged(JID room, String key, JID sender, String nickname, Instant at, Message message) {}

    /**
     * Lets the operator replace messages of the live history: it is shown each, oldest first, and answers the same object
     * to keep it, unchanged, or another to put it in its place. Answers how many were replaced.
     */
    int rewriteLive(JID room, UnaryOperator<Message> operator);

    /** Adds a message of the room itself at the end of the live history, where joiners see it; with {@code from} the room. */
    void appendLive(JID room, Message message, Instant at);

    /** The messages in the database, newest first, from (inclusive) to (exclusive); at most {@code max}, 10,000. */
    List<Logged> logged(JID room, Instant from, Instant to, int max);

    /**
     * Replaces stanza, body and subject of a row; the row's own time and sender stay.
     *
     * @return false when there is no such row any more
     */
    boolean rewrite(Logged row, Message replacement);

    /** Adds a message of the room itself, with a body, to the database, which gets it when the host writes next. */
    void append(JID room, Message message);
}
