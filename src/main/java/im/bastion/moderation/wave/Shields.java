// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import im.bastion.moderation.event.RoomEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.xmpp.packet.JID;

/**
 * The rooms that are shielded now, at most {@link #MAX_ROOMS}. A shield lifts itself when nothing has hit it for a while,
 * and in any case in the end. Times are monotonic. Safe for any thread.
 */
public final class Shields {
    /** How many rooms can be shielded at once. */
    public static final int MAX_ROOMS = 10_000;
    /** No shield stays longer. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** One shield as it is now. */
    private record Up(JID room, Instant since, long sinceNanos, long untilNanos, String why, int turnedAway) {
        boolean isUp(long now) {
            return now - untilNanos < 0;
        }
    }

    private final Map<JID, Up> byRoom = new ConcurrentHashMap<>();
    private final List<Consumer<Shield>> raised = new CopyOnWriteArrayList<>();

    /** Calls the listener each time a room is shielded that was not, on whatever thread saw the wave. */
    public void onRaised(Consumer<Shield> listener) {
        raised.add(listener);
    }

    /** Shields the room for that long, or longer if it is already. */
    public void raise(JID room, RoomEvent cause, Duration quiet, String why) {
        Up before = byRoom.get(room);
        boolean fresh = before == null || !before.isUp(cause.nanos());
        if (fresh && byRoom.size() >= MAX_ROOMS) {
            byRoom.values().removeIf(up -> !up.isUp(cause.nanos()));
            if (byRoom.size() >= MAX_ROOMS) {
                return;
            }
        }
        long until = cause.nanos() + quiet.toNanos();
        if (fresh) {
            Up up = new Up(room, Instant.ofEpochMilli(cause.atMillis()), cause.nanos(), until, why, 0);
            byRoom.put(room, up);
            raised.forEach(listener -> listener.accept(shown(up)));
        } else {
            long latest = before.sinceNanos() + LONGEST.toNanos();
            byRoom.put(
                    room,
                    new Up(
                            room,
                            before.since(),
                            before.sinceNanos(),
                            Math.min(until, latest),
                            before.why(),
                            before.turnedAway()));
        }
    }

    /** How long the room stays shielded; zero when it is not. */
    public Duration left(JID room, long nanos) {
        if (byRoom.isEmpty()) {
            return Duration.ZERO;
        }
        Up up = byRoom.get(room);
        return up == null || !up.isUp(nanos) ? Duration.ZERO : Duration.ofNanos(up.untilNanos() - nanos);
    }

    /** Somebody was kept away. */
    public void turnedAway(JID room) {
        byRoom.computeIfPresent(
                room,
                (r, up) -> new Up(r, up.since(), up.sinceNanos(), up.untilNanos(), up.why(), up.turnedAway() + 1));
    }

    /** Takes the shield of a room down; false when it had none. */
    public boolean lift(JID room) {
        return byRoom.remove(room) != null;
    }

    /** The shields that are up. */
    public List<Shield> all() {
        long now = System.nanoTime();
        List<Shield> all = new ArrayList<>();
        byRoom.values().stream().filter(up -> up.isUp(now)).forEach(up -> all.add(shown(up)));
        return all;
    }

    private static Shield shown(Up up) {
        Instant until = up.since().plusNanos(up.untilNanos() - up.sinceNanos());
        return new Shield(up.room(), up.since(), until, up.why(), up.turnedAway());
    }
}
