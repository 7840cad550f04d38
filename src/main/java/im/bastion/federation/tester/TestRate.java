// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often peers may be tested: they did not ask for it. One domain once a minute, one admin {@value #PER_ADMIN} times and
 * everybody together {@value #ALL} times in an hour. Not thread-safe.
 */
final class TestRate {
    static final int PER_ADMIN = 30;
    static final int ALL = 60;
    private static final Duration PER_DOMAIN = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofHours(1);

    private record Begun(String domain, String admin, Instant at) {}

    private final Deque<Begun> begun = new ArrayDeque<>();

    /** Takes one more test, unless that would be one too many. */
    boolean take(String domain, String admin, Instant now) {
        begun.removeIf(test -> !test.at().plus(WINDOW).isAfter(now));
        boolean again = begun.stream()
                .anyMatch(test -> test.domain().equals(domain)
                        && test.at().plus(PER_DOMAIN).isAfter(now));
        long own = begun.stream().filter(test -> test.admin().equals(admin)).count();
        if (again || own >= PER_ADMIN || begun.size() >= ALL) {
            return false;
        }
        begun.add(new Begun(domain, admin, now));
        return true;
    }
}
