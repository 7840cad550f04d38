// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.book.Trial;
import im.bastion.moderation.rule.RuleType;
import java.util.List;

/**
 * The rules of moderation.
 *
 * @param types what rules there can be
 * @param tried what the draft would have stopped in a room; null when it was not tried there
 * @param onWords where the draft found something in the words it was tried on; null when nowhere
 * @param hasDefaults whether there is nothing left to take over
 */
public record RulesView(
        Frame frame,
        List<RuleLine> rules,
        List<RuleType> types,
        RuleDraft draft,
        Trial.Result tried,
        Trial.Example onWords,
        boolean hasDefaults) {}
