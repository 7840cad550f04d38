// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import java.util.List;

/** What a rule says of an event. */
public sealed interface RuleOutcome {
    /** Nothing to object to. */
    RuleOutcome PASS = new Pass();

    /** The rule is not about such events. */
    RuleOutcome NOT_APPLICABLE = new NotApplicable();

    /** Nothing to object to. */
    record Pass() implements RuleOutcome {}

    /** Not about such events. */
    record NotApplicable() implements RuleOutcome {}

    /**
     * The event is what the rule is against.
     *
     * @param evidence for a moderator: which part of the rule's definition met which part of the event
     * @param remedy what the rule asks for
     * @param claim what the sender is told, in place of the type's claim; null for the type's
     * @param earlier the keys of events ({@link im.bastion.moderation.event.RoomEvent#key}) that were let through before
     *     and should now be retracted; at most 1,000
     */
    record Finding(Evidence evidence, Remedy remedy, String claim, List<Long> earlier) implements RuleOutcome {
        /** The most earlier events one finding may name. */
        public static final int MAX_EARLIER = 1_000;

        /** A finding that asks for refusal in its type's words. */
        public Finding(Evidence evidence) {
            this(evidence, Remedy.REFUSE, null, List.of());
        }

        /** A finding about this event alone. */
        public Finding(Evidence evidence, Remedy remedy, String claim) {
            this(evidence, remedy, claim, List.of());
        }
    }
}
