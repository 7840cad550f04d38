// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Rooms;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.statistics.Counts;
import im.bastion.moderation.statistics.What;
import im.bastion.moderation.wave.Shield;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xmpp.packet.JID;

/**
 * All rooms with what is known of them without asking each: who is in a room is only asked of those that are shown, or
 * when it is what they are ordered by. A thousand rooms are so no more work than a page of them.
 */
final class RoomBoard {
    /** What rooms are ordered by: names rising, numbers falling. */
    enum Order {
        NAME,
        OCCUPANTS,
        FINDINGS,
        CASES,
        SANCTIONS
    }

    /** Which rooms are shown. */
    enum Only {
        ALL,
        SHIELDED,
        SLOW,
        HOLDING,
        SANCTIONED,
        FOUND
    }

    private final Rooms rooms;
    private final ModerationServices moderation;
    private final Set<JID> loaded;
    private final Map<JID, Shield> shields;
    private final Map<JID, Long> held;
    private final Map<JID, Long> sanctions;
    private final Map<String, Counts> day;

    RoomBoard(Rooms rooms, ModerationServices moderation, Instant now) {
        this.rooms = rooms;
        this.moderation = moderation;
        this.loaded = new HashSet<>(rooms.loaded());
        this.shields = moderation.shields().all().stream()
                .collect(Collectors.toMap(Shield::room, Function.identity(), (one, other) -> one));
        this.held = moderation.holds().waiting(null).stream()
                .collect(Collectors.groupingBy(Holds.Waiting::room, Collectors.counting()));
        this.sanctions = moderation.sanctions().inForce(null).stream()
                .collect(Collectors.groupingBy(Sanction::room, Collectors.counting()));
        this.day = moderation.statistics().byRoom().since(now.minus(Duration.ofHours(23)));
    }

    /** The page of rooms that the address asks for. */
    Paged<RoomLine> page(Query query) {
        String words = query.text("q").toLowerCase(Locale.ROOT);
        Only only = query.oneOf("only", Only.ALL);
        List<JID> fitting = rooms.all().stream()
                .filter(room -> words.isEmpty() || room.toString().contains(words))
                .filter(room -> fits(room, only))
                .sorted(order(query.oneOf("sort", Order.NAME)))
                .toList();
        Paged<JID> page = Paged.of(fitting, query);
        return new Paged<>(page.rows().stream().map(this::line).toList(), page.page(), page.pages(), page.total());
    }

    /** One room. */
    RoomLine line(JID room) {
        return new RoomLine(
                room,
                occupants(room),
                rooms.traits(room),
                shields.get(room),
                moderation.slowMode().applyAsInt(room),
                held.getOrDefault(room, 0L).intValue(),
                sanctions.getOrDefault(room, 0L).intValue(),
                (int) moderation.book().get().rules().stream()
                        .filter(rule -> rule.scope().rooms().covers(room))
                        .count(),
                counts(room));
    }

    private int occupants(JID room) {
        return loaded.contains(room) ? rooms.occupants(room).size() : 0;
    }

    private Counts counts(JID room) {
        return day.getOrDefault(room.toString(), Counts.NONE);
    }

    private boolean fits(JID room, Only only) {
        return switch (only) {
            case ALL -> true;
            case SHIELDED -> shields.containsKey(room);
            case SLOW -> moderation.slowMode().applyAsInt(room) > 0;
            case HOLDING -> held.containsKey(room);
            case SANCTIONED -> sanctions.containsKey(room);
            case FOUND -> counts(room).findings() > 0;
        };
    }

    private Comparator<JID> order(Order order) {
        Comparator<JID> byName = Comparator.comparing(JID::toString);
        return switch (order) {
            case NAME -> byName;
            case OCCUPANTS -> {
                Map<JID, Integer> inside =
                        loaded.stream().collect(Collectors.toMap(Function.identity(), this::occupants));
                yield falling(room -> inside.getOrDefault(room, 0), byName);
            }
            case FINDINGS -> falling(room -> counts(room).findings(), byName);
            case CASES -> falling(room -> counts(room).of(What.CASE), byName);
            case SANCTIONS -> falling(room -> sanctions.getOrDefault(room, 0L).intValue(), byName);
        };
    }

    private static Comparator<JID> falling(Function<JID, Integer> number, Comparator<JID> then) {
        return Comparator.comparing(number).reversed().thenComparing(then);
    }
}
