// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;

/**
 * Messages that the server cannot read. Field: "want" (forbid) or require. Looks at what a message is, never into it: the
 * evidence says which scheme, and that nothing was read.
 */
public final class EncryptionRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.pure(
            "encryption", Severity.INFO, "this room has a rule about encrypted messages", EncryptionRule::read);

    /** What is wanted. */
    public enum Want {
        FORBID,
        REQUIRE
    }

    private final Want want;

    private EncryptionRule(Want want) {
        this.want = want;
    }

    private static EncryptionRule read(Definition definition) throws BrokenDefinition {
        return new EncryptionRule(definition.oneOf("want", Want.FORBID));
    }

    @Override
    public boolean contradicts(ModerationRule other) {
        return other instanceof EncryptionRule rule && rule.want != want;
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() != RoomEvent.Kind.MESSAGE && event.kind() != RoomEvent.Kind.PRIVATE_MESSAGE) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        boolean encrypted = event.shape().isEncrypted();
        if (want == Want.FORBID && encrypted) {
            return new RuleOutcome.Finding(
                    Evidence.fact("encryption=" + event.shape().encryption() + ", not read"),
                    Remedy.REFUSE,
                    "messages in this room must not be encrypted");
        }
        return want == Want.REQUIRE && !encrypted
                ? new RuleOutcome.Finding(
                        Evidence.fact("encryption=none"), Remedy.REFUSE, "messages in this room must be encrypted")
                : RuleOutcome.PASS;
    }
}
