// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.Objects;

/**
 * What the peer publishes by POSH.
 *
 * @param detail why it cannot be used, or where it was found; as the rest of a sentence
 */
public record PoshFacts(State state, String detail) {
    /** Whether there is something. */
    public enum State {
        /** Nobody answers, or says that there is no such file. */
        ABSENT,
        PRESENT,
        /** There is something, and it cannot be used. */
        FAULTY
    }

    public PoshFacts {
        Objects.requireNonNull(state);
        Objects.requireNonNull(detail);
    }
}
