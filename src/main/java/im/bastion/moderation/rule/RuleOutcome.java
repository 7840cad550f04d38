// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

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
     * @param evidence for a moderator: which part of the rule's definition met which part of the event, as name and value;
     *     never the text itself
     */
    record Finding(Evidence evidence) implements RuleOutcome {}
}
