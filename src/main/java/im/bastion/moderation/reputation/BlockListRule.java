// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.reputation.ListSource.Format;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;
import org.xmpp.packet.JID;

/**
 * Somebody stands on a list that others keep. Fields: "service", the JID where it is published, and "node" (muc_bans_sha256);
 * "format" (sha256) or domains; "trust" (100), 1 to 100: the lists that name somebody must have 100 together; "reason", what
 * the person is told; what the list itself says is for moderators. Our own entries win over all lists.
 */
public final class BlockListRule implements ModerationRule {
    private static final int MAX_CHARS = 1_023;
    private static final int MAX_REASON = 300;

    private final FollowedLists lists;
    private final ListSource source;
    private final String reason;

    private BlockListRule(FollowedLists lists, ListSource source, String reason) {
        this.lists = lists;
        this.source = source;
        this.reason = reason;
    }

    /** The type of rule, which asks these lists; it looks at nobody who is affiliated with the room. */
    public static RuleType type(FollowedLists lists) {
        return RuleType.counting(
                "block-list",
                Severity.WARNING,
                "your account or server is on a block list",
                definition -> read(lists, definition));
    }

    private static BlockListRule read(FollowedLists lists, Definition definition) throws BrokenDefinition {
        String service = definition.requiredText("service", MAX_CHARS);
        JID jid;
        try {
            jid = new JID(service);
        } catch (IllegalArgumentException e) {
            throw definition.broken("service", "the JID of a publish-subscribe service, for example xmppbl.org");
        }
        ListSource source = new ListSource(
                jid,
                definition.text("node", "muc_bans_sha256", MAX_CHARS),
                definition.oneOf("format", Format.SHA256),
                definition.integer("trust", 100, 1, 100));
        return new BlockListRule(lists, source, definition.text("reason", null, MAX_REASON));
    }

    ListSource source() {
        return source;
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() == Kind.LEAVE || event.kind() == Kind.STATUS) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        String listed = lists.refusal(source, sender.bareJid());
        if (listed == null) {
            return RuleOutcome.PASS;
        }
        String fact = "list=" + source.service() + "/" + source.node() + (listed.isEmpty() ? "" : ", " + listed);
        return new RuleOutcome.Finding(Evidence.fact(fact), Remedy.TURN_AWAY, reason);
    }
}
