// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import org.xmpp.packet.Packet;

/** What a guard wants done with one stanza. */
public sealed interface Verdict {
    /** Deliver it as it is now. A guard that rewrote the stanza in place also answers this. */
    Verdict PASS = new Pass();

    /**
     * Drop it without an answer, not even the host's own: a guard answers itself, later, or an answer would help an
     * attacker.
     */
    Verdict SWALLOW = new Swallow();

    /** Deliver. */
    record Pass() implements Verdict {}

    /** Do not deliver, say nothing. */
    record Swallow() implements Verdict {}

    /** Do not deliver; the gate tells the sender why, once, and never answers an error or a result. */
    record Reject(Refusal refusal) implements Verdict {}

    /** Do not deliver; the sender gets this answer, addressed to that sender, in place of any of the host's own. */
    record Answer(Packet answer) implements Verdict {}

    static Verdict reject(Refusal refusal) {
        return new Reject(refusal);
    }

    static Verdict answer(Packet answer) {
        return new Answer(answer);
    }
}
