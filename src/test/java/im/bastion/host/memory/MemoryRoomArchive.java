// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.RoomArchive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** A live history and a log that, like the real one, lags behind: what was said gets there with {@link #flush}. */
public final class MemoryRoomArchive implements RoomArchive {
    private final Map<JID, List<Message>> live = new HashMap<>();
    private final Map<String, Logged> log = new HashMap<>();
    private final List<Logged> waiting = new ArrayList<>();
    private int keys;

    /** Somebody says something: it is live at once, and in the log after {@link #flush}. */
    public synchronized void say(JID room, JID sender, String nickname, Instant at, Message message) {
        live(room).add(message);
        waiting.add(new Logged(room, String.valueOf(++keys), sender, nickname, at, message.createCopy()));
    }

    /** Brings what was said into the log. */
    public synchronized void flush() {
        waiting.forEach(row -> log.put(row.key(), row));
        waiting.clear();
    }

    /** The live history, oldest first. */
    public synchronized List<Message> history(JID room) {
        return List.copyOf(live(room));
    }

    @Override
    public synchronized int rewriteLive(JID room, UnaryOperator<Message> operator) {
        List<Message> messages = live(room);
        int changed = 0;
        for (int i = 0; i < messages.size(); i++) {
            Message before = messages.get(i);
            Message after = operator.apply(before);
            messages.set(i, after);
            changed += after == before ? 0 : 1;
        }
        return changed;
    }

    @Override
    public synchronized void appendLive(JID room, Message message, Instant at) {
        message.setFrom(room.asBareJID());
        live(room).add(message);
    }

    @Override
    public synchronized List<Logged> logged(JID room, Instant from, Instant to, int max) {
        return log.values().stream()
                .filter(row -> row.room().equals(room.asBareJID()))
                .filter(row -> !row.at().isBefore(from) && row.at().isBefore(to))
                .sorted(Comparator.comparing(Logged::at).reversed())
                .limit(max)
                .toList();
    }

    @Override
    public synchronized boolean rewrite(Logged row, Message replacement) {
        return log.computeIfPresent(
                        row.key(),
                        (key, now) -> new Logged(
                                now.room(), key, now.sender(), now.nickname(), now.at(), replacement.createCopy()))
                != null;
    }

    @Override
    public synchronized void append(JID room, Message message) {
        Logged row = new Logged(
                room.asBareJID(), String.valueOf(++keys), room.asBareJID(), "", Instant.now(), message.createCopy());
        log.put(row.key(), row);
    }

    private List<Message> live(JID room) {
        return live.computeIfAbsent(room.asBareJID(), r -> new ArrayList<>());
    }
}
