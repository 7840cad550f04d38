// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.moderation.content.ListedPhraseRule;
import im.bastion.moderation.rule.RuleType;
import java.util.List;

/** The types of rules there are, in the order in which they judge. */
public final class ModerationRules {
    /** All of them; a new type of rule is added here. */
    public static final List<RuleType> ALL = List.of(ListedPhraseRule.TYPE);

    private ModerationRules() {}
}
