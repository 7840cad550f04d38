// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.race;

import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/**
 * Which devices of its own account each session knows of, from what was delivered to it. Of at most {@link #MAX_SESSIONS}
 * sessions and {@link #MAX_DEVICES} devices each: a session that was forgotten knows of none, which loses nothing.
 * Thread-safe, without waiting.
 */
public final class SeenDevices {
    /** How many sessions are remembered, over both generations. */
    public static final int MAX_SESSIONS = 50_000;

    /** How many devices of a list. */
    public static final int MAX_DEVICES = 200;

    /**
     * How long after an event its receiver may still publish what it made before: the event was under way then, or not
     * looked at yet.
     */
    public static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private record Key(JID session, OmemoGeneration generation) {}

    private final Map<Key, Map<Integer, Long>> knownSince = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public SeenDevices(InstantSource clock) {
        this.clock = clock;
    }

    /** The session asked for the list and got this one. */
    public void fetched(JID session, OmemoGeneration generation, Collection<Integer> devices) {
        replace(session, generation, devices, 0);
    }

    /** The session was told of this list without having asked. */
    public void told(JID session, OmemoGeneration generation, Collection<Integer> devices) {
        replace(session, generation, devices, clock.millis() + UNDER_WAY.toMillis());
    }

    /** The devices that the session has surely known of when it made what it publishes now. */
    public Set<Integer> of(JID session, OmemoGeneration generation) {
        Map<Integer, Long> known = knownSince.get(new Key(session, generation));
        if (known == null) {
            return Set.of();
        }
        long now = clock.millis();
        Set<Integer> seen = new HashSet<>();
        known.forEach((device, since) -> {
            if (since <= now) {
                seen.add(device);
            }
        });
        return seen;
    }

    /** How many sessions are remembered now, over both generations. */
    int sessions() {
        return knownSince.size();
    }

    private void replace(JID session, OmemoGeneration generation, Collection<Integer> devices, long since) {
        if (knownSince.size() >= MAX_SESSIONS) {
            forgetSome();
        }
        knownSince.compute(new Key(session, generation), (key, before) -> {
            Map<Integer, Long> now = new HashMap<>();
            for (Integer device : devices) {
                Long earlier = before == null ? null : before.get(device);
                if (now.size() < MAX_DEVICES) {
                    now.put(device, earlier == null ? since : Math.min(earlier, since));
                }
            }
            return Map.copyOf(now);
        });
    }

    private void forgetSome() {
        Iterator<Key> keys = knownSince.keySet().iterator();
        for (int i = 0; i < MAX_SESSIONS / 10 && keys.hasNext(); i++) {
            keys.next();
            keys.remove();
        }
    }
}
