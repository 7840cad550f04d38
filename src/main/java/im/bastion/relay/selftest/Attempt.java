// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import java.util.List;

/**
 * What became of one way in.
 *
 * @param passed the steps that succeeded, in order
 * @param failed the step that did not, or null
 * @param why null when none failed
 * @param detail what the system or the server said about it; empty for nothing
 */
public record Attempt(Way way, List<Timed> passed, Step failed, Failure why, String detail) {
    public Attempt {
        passed = List.copyOf(passed);
    }

    /** A step that succeeded, and how long it took. */
    public record Timed(Step step, long micros) {}

    /** How far it came. */
    public enum Reach {
        /** All the way it was to go. */
        ALL,
        /** Clients reach the port, and nothing comes through relayed ones. */
        PORT_ONLY,
        /** Clients reach the port, and the relay itself refuses to work. */
        REFUSED,
        /** Clients do not reach the port. */
        NONE
    }

    public Reach reach() {
        if (failed == null) {
            return Reach.ALL;
        }
        return switch (failed) {
            case CONNECT, MAPPED -> Reach.NONE;
            case ALLOCATE, BIND -> Reach.REFUSED;
            case TO_PEER, TO_CLIENT -> Reach.PORT_ONLY;
        };
    }
}
