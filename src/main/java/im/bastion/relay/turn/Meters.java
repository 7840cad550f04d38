// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.HashMap;
import java.util.Map;

/** What is relayed for each user and for all: the allocations of one account share a meter. Confined to its server's thread. */
final class Meters {
    /** A user's meter and how many allocations share it. */
    private static final class Shared {
        private final Meter meter;
        private int allocations;

        private Shared(Meter meter) {
            this.meter = meter;
        }
    }

    private final Map<String, Shared> byUser = new HashMap<>();
    private final Meter all;
    private long perUser;

    Meters(TurnLimits limits) {
        all = new Meter(limits.bytesPerSecond());
        perUser = limits.bytesPerSecondPerUser();
    }

    /** Goes on with other limits. */
    void limit(TurnLimits limits) {
        all.limit(limits.bytesPerSecond());
        if (perUser != limits.bytesPerSecondPerUser()) {
            perUser = limits.bytesPerSecondPerUser();
            byUser.values().forEach(shared -> shared.meter.limit(perUser));
        }
    }

    Meter all() {
        return all;
    }

    /** The user's meter, for one more allocation. */
    Meter join(String user) {
        Shared shared = byUser.computeIfAbsent(user, u -> new Shared(new Meter(perUser)));
        shared.allocations++;
        return shared.meter;
    }

    /** One allocation less. */
    void leave(String user) {
        byUser.computeIfPresent(user, (u, shared) -> --shared.allocations == 0 ? null : shared);
    }
}
