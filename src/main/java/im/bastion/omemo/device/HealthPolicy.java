// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What counts as ill.
 *
 * @param grace how long a listed device may be without a bundle
 * @param stale after how long without any sign of life a device is stale; null for never
 */
public record HealthPolicy(Duration grace, Duration stale) {
    /** Below it contacts may soon find none left. */
    static final int LOW_PRE_KEYS = 10;

    /** XEP-0384 §4.2 wants a new signed prekey every week to month; twice that is old. */
    static final Duration OLD_SIGNED_PRE_KEY = Duration.ofDays(60);

    /** What can be wrong with a device. */
    public enum Problem {
        /** Listed, but without a bundle: contacts cannot encrypt to it, and some cannot send at all. */
        ORPHAN,
        /** Its bundle can be used by no client. */
        UNUSABLE,
        /** Its bundle has hardly any prekeys. */
        LOW_PRE_KEYS,
        /** Its signed prekey has not been changed for long. */
        OLD_SIGNED_PRE_KEY,
        /** No sign of life for long, of whatever kind. */
        STALE
    }

    /**
     * What is wrong with the device.
     *
     * @param connected whether a session of it is connected now
     * @param now milliseconds since the epoch
     */
    public Set<Problem> problems(Device device, boolean connected, long now) {
        Set<Problem> problems = EnumSet.noneOf(Problem.class);
        for (OmemoGeneration generation : HostNodes.GENERATIONS) {
            DeviceKeys keys = device.in(generation);
            if (!keys.listed()) {
                continue;
            }
            if (keys.isUnusable()) {
                problems.add(Problem.UNUSABLE);
            } else if (keys.orphan(now, grace.toMillis())) {
                problems.add(Problem.ORPHAN);
            } else if (keys.hasBundle()) {
                if (keys.preKeys() < LOW_PRE_KEYS) {
                    problems.add(Problem.LOW_PRE_KEYS);
                }
                if (now - keys.signedPreKeyAt() > OLD_SIGNED_PRE_KEY.toMillis()) {
                    problems.add(Problem.OLD_SIGNED_PRE_KEY);
                }
            }
        }
        if (stale != null && device.listed() && !connected && now - device.lastSeenAt() > stale.toMillis()) {
            problems.add(Problem.STALE);
        }
        return problems;
    }
}
