// SPDX-License-Identifier: Apache-2.0
package im.bastion.metric;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What works and what does not, for the console: one line for each part, the worst word last said about it. Thread-safe. */
public final class Health {
    /** How a part is. */
    public enum State {
        OK,
        /** Works, with something to know. */
        DEGRADED,
        /** Does not work. */
        FAILED
    }

    /**
     * One part's state.
     *
     * @param part for example "moderation", "relay.udp", "database"
     * @param since when it came into this state
     * @param message what is wrong and what to do; empty when OK
     */
    public record Report(String part, State state, Instant since, String message) {}

    private final Map<String, Report> reports = new ConcurrentSkipListMap<>();
    private final Clock clock;

    public Health(Clock clock) {
        this.clock = clock;
    }

    public void ok(String part) {
        put(part, State.OK, "");
    }

    public void degraded(String part, String message) {
        put(part, State.DEGRADED, message);
    }

    public void failed(String part, String message) {
        put(part, State.FAILED, message);
    }

    /** The parts in alphabetical order. */
    public List<Report> all() {
        return List.copyOf(reports.values());
    }

    /** The part's report, or null when nothing was said about it. */
    public Report of(String part) {
        return reports.get(part);
    }

    private void put(String part, State state, String message) {
        reports.compute(
                part,
                (p, old) -> old != null && old.state() == state && old.message().equals(message)
                        ? old
                        : new Report(
                                p,
                                state,
                                old != null && old.state() == state ? old.since() : clock.instant(),
                                message));
    }
}
