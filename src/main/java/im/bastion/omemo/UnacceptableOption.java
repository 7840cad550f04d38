// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;

/** A field of a node's configuration that cannot be had. Always caught where the request entered. */
final class UnacceptableOption extends Exception {
    private static final RuleId RULE = new RuleId("omemo.node-options");
    private static final Refusal.Specific NOT_MET =
            new Refusal.Specific("precondition-not-met", "http://jabber.org/protocol/pubsub#errors");

    /** How wrong it is. */
    private enum Kind {
        MALFORMED,
        UNMET,
        ABSENT
    }

    private final Kind kind;

    private UnacceptableOption(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** The value is none that the field can have. */
    static UnacceptableOption malformed(String field, String allowed) {
        return new UnacceptableOption(Kind.MALFORMED, field + " must be " + allowed + ".");
    }

    /** The value is a possible one, but the node does not have it and will not get it. */
    static UnacceptableOption unmet(String field, String why) {
        return new UnacceptableOption(Kind.UNMET, field + ": " + why + ".");
    }

    /** There is no such node, and the publish was not to make one. */
    static UnacceptableOption absent() {
        return new UnacceptableOption(Kind.ABSENT, "There is no such node.");
    }

    /** The answer to a publish (XEP-0060 §7.1.5). */
    Refusal toPublisher() {
        return switch (kind) {
            case UNMET -> new Refusal(RULE, "conflict", "cancel", getMessage(), NOT_MET);
            case MALFORMED -> new Refusal(RULE, "bad-request", "modify", getMessage());
            case ABSENT -> new Refusal(RULE, "item-not-found", "cancel", getMessage());
        };
    }

    /** The answer to an owner who configures or creates a node (XEP-0060 §8.2.3.4). */
    Refusal toConfigurer() {
        return new Refusal(RULE, "not-acceptable", "modify", getMessage());
    }
}
