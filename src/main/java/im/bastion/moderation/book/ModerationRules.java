// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import im.bastion.host.Rooms;
import im.bastion.moderation.content.CapitalsRule;
import im.bastion.moderation.content.CorrectionRule;
import im.bastion.moderation.content.EncryptionRule;
import im.bastion.moderation.content.LengthRule;
import im.bastion.moderation.content.LinkRule;
import im.bastion.moderation.content.ListedPhraseRule;
import im.bastion.moderation.content.MediaRule;
import im.bastion.moderation.content.MentionRule;
import im.bastion.moderation.content.NicknameRule;
import im.bastion.moderation.content.PatternRule;
import im.bastion.moderation.content.ReactionRule;
import im.bastion.moderation.content.RepeatRule;
import im.bastion.moderation.limit.HoldRule;
import im.bastion.moderation.limit.RateLimitRule;
import im.bastion.moderation.limit.SlowModeRule;
import im.bastion.moderation.reputation.BlockListRule;
import im.bastion.moderation.reputation.FollowedLists;
import im.bastion.moderation.reputation.OwnListRule;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.sanction.LadderRule;
import im.bastion.moderation.wave.Shields;
import im.bastion.moderation.wave.WaveRule;
import java.util.List;

/** The types of rules there are, in the order in which they judge; a new one is added here. */
public final class ModerationRules {
    private ModerationRules() {}

    /** All of them: who somebody is, then how much, then what; what only delays comes last. */
    public static List<RuleType> of(Rooms rooms, FollowedLists lists, Shields shields) {
        return List.of(
                OwnListRule.type(lists),
                BlockListRule.type(lists),
                NicknameRule.type(rooms),
                ListedPhraseRule.TYPE,
                PatternRule.TYPE,
                LinkRule.TYPE,
                MediaRule.TYPE,
                EncryptionRule.TYPE,
                LengthRule.TYPE,
                CapitalsRule.TYPE,
                MentionRule.TYPE,
                ReactionRule.TYPE,
                CorrectionRule.TYPE,
                WaveRule.type(rooms, shields),
                RateLimitRule.TYPE,
                SlowModeRule.TYPE,
                RepeatRule.TYPE,
                HoldRule.TYPE,
                LadderRule.TYPE);
    }
}
