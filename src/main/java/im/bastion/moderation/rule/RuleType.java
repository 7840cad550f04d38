// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.policy.Severity;
import java.util.List;

/**
 * A type of rule: what it is called in a definition, what it is against, and how a definition is read.
 *
 * @param name the value of "type" in a definition, in kebab case, for example "listed-phrase"
 * @param severity how much a finding matters
 * @param claim what a finding says of the message, to its sender, continuing "Your message was not delivered: "
 * @param stateful whether it counts what it judges: then it is asked only about senders it may act against, and never
 *     about a text that is merely tried
 * @param reader makes the rule from its definition
 */
public record RuleType(String name, Severity severity, String claim, boolean stateful, Reader reader) {
    /** Makes a rule from its definition. */
    @FunctionalInterface
    public interface Reader {
        /** Throws when a field holds something not allowed. */
        ModerationRule read(Definition definition) throws BrokenDefinition;
    }

    /**
     * The fields a definition of this type may have, those of the scope first: what a form needs to know.
     */
    public List<Definition.Field> fields() {
        Definition nothing = Definition.sketch();
        try {
            RuleScope scope = RuleScope.read(nothing);
            ModerationRule rule = reader.read(nothing);
            return scope == null || rule == null ? List.of() : nothing.fields();
        } catch (BrokenDefinition e) {
            return nothing.fields();
        }
    }

    /** A type whose rules remember nothing. */
    public static RuleType pure(String name, Severity severity, String claim, Reader reader) {
        return new RuleType(name, severity, claim, false, reader);
    }

    /** A type whose rules count. */
    public static RuleType counting(String name, Severity severity, String claim, Reader reader) {
        return new RuleType(name, severity, claim, true, reader);
    }
}
