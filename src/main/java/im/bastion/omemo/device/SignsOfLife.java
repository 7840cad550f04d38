// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/** When devices last sent something, to the hour, so that a busy one is noted once in an hour. Thread-safe. */
final class SignsOfLife {
    static final int MAX_DEVICES = 50_000;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private record Sender(JID owner, int device) {}

    private final Map<Sender, Long> hours = new ConcurrentHashMap<>();

    /** Whether that is the first sign of life in this hour, as far as is remembered. */
    boolean isFirst(JID owner, int device, long now) {
        if (hours.size() >= MAX_DEVICES) {
            forgetSome();
        }
        Long before = hours.put(new Sender(owner, device), hour(now));
        return before == null || before != hour(now);
    }

    /** The beginning of the hour. */
    static long hour(long now) {
        return now / HOUR_MILLIS * HOUR_MILLIS;
    }

    private void forgetSome() {
        Iterator<Sender> senders = hours.keySet().iterator();
        for (int i = 0; i < MAX_DEVICES / 10 && senders.hasNext(); i++) {
            senders.next();
            senders.remove();
        }
    }
}
