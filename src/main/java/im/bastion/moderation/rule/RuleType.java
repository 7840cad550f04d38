// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonObject;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;

/**
 * A type of rule: what it is called, what it is against, and how its definition is read.
 *
 * @param id the rule that an admin defines
 * @param severity how much a finding matters
 * @param claim what a finding says of the message, to its sender, continuing "Your message was not delivered: "
 * @param reader makes the rule from its definition
 */
public record RuleType(RuleId id, Severity severity, String claim, Reader reader) {
    /** Makes a rule from its definition. */
    @FunctionalInterface
    public interface Reader {
        /** Throws when a field holds something not allowed. */
        ModerationRule read(JsonObject definition) throws BrokenDefinition;
    }
}
