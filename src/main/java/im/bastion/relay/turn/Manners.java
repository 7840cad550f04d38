// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.random.RandomGenerator;

/**
 * What a client that has not proven who it is may cost. Anybody can ask in anybody's name, so beyond a small allowance for each
 * source no answer is longer than its question; and who guesses passwords is not listened to for a while. Confined to its
 * server's thread.
 */
final class Manners {
    private static final int SLOTS = 1 << 16;
    private static final int SECONDS_AT_ONCE = 2;
    private static final int FAILURES_AT_ONCE = 20;
    private static final double FAILURES_PER_SECOND = 0.2;

    private final SourceBudget answers;
    private final SourceBudget failures;

    /**
     * @param answersPerSecond how many answers that are longer than their questions a source gets
     * @param random must not be predictable
     */
    Manners(int answersPerSecond, RandomGenerator random) {
        answers = new SourceBudget(SLOTS, SECONDS_AT_ONCE * answersPerSecond, answersPerSecond, random);
        failures = new SourceBudget(SLOTS, FAILURES_AT_ONCE, FAILURES_PER_SECOND, random);
    }

    /**
     * Whether a request whose sender is not proven may be answered. The address of a stream is proven by the connection.
     *
     * @param bytes how long the answer would be
     */
    boolean allowAnswer(TurnRequest request, int bytes) {
        return request.path().leg() != Leg.UDP
                || bytes <= request.bytes()
                || answers.take(request.client().getAddress(), request.now());
    }

    /** Whether credentials from there are looked at now. */
    boolean listensTo(TurnRequest request) {
        return failures.has(request.client().getAddress(), request.now());
    }

    /** A request from there was sealed, and wrongly. */
    void guessed(TurnRequest request) {
        failures.take(request.client().getAddress(), request.now());
    }
}
