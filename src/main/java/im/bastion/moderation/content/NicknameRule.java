// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.host.Rooms;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.View;
import im.bastion.moderation.text.View.Lookalikes;
import im.bastion.policy.Severity;
import java.util.List;

/**
 * Somebody takes the nickname of a moderator who is inside, or one that looks like it, or one that nobody can read. Fields:
 * "impersonation" (true); "reserved", up to 1,000 names that nobody may take or imitate.
 */
public final class NicknameRule implements ModerationRule {
    private static final View LOOKS = new View(Lookalikes.ALL, true, true);
    private static final int MAX_RESERVED = 1_000;
    private static final int MAX_CHARS = 256;

    private final Rooms rooms;
    private final boolean impersonation;
    private final List<String> reserved;

    private NicknameRule(Rooms rooms, boolean impersonation, List<String> reserved) {
        this.rooms = rooms;
        this.impersonation = impersonation;
        this.reserved = reserved;
    }

    /** The type of rule, which looks at who is in these rooms. */
    public static RuleType type(Rooms rooms) {
        return RuleType.pure(
                "nickname",
                Severity.WARNING,
                "this nickname is not allowed in this room",
                definition -> read(rooms, definition));
    }

    private static NicknameRule read(Rooms rooms, Definition definition) throws BrokenDefinition {
        List<String> reserved = definition.optionalTexts("reserved", MAX_RESERVED, MAX_CHARS).stream()
                .map(NicknameRule::looks)
                .toList();
        return new NicknameRule(rooms, definition.flag("impersonation", true), reserved);
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() != Kind.JOIN && event.kind() != Kind.NICK_CHANGE) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        String looks = looks(event.nickname());
        if (looks.isEmpty()) {
            return found("nickname=invisible", "a nickname needs letters that can be read");
        }
        if (reserved.contains(looks)) {
            return found("nickname=reserved", "this nickname is reserved");
        }
        if (impersonation) {
            for (Occupant occupant : rooms.occupants(event.room())) {
                if (occupant.role() == Role.MODERATOR
                        && !occupant.realJid().asBareJID().equals(sender.bareJid())
                        && looks(occupant.roomJid().getResource()).equals(looks)) {
                    return found("nickname=moderator's", "this nickname looks like a moderator's");
                }
            }
        }
        return RuleOutcome.PASS;
    }

    private static RuleOutcome found(String fact, String claim) {
        return new RuleOutcome.Finding(Evidence.fact(fact), Remedy.REFUSE, claim);
    }

    /** What of a nickname catches the eye: letters and digits, as they look. */
    private static String looks(String nickname) {
        String seen = LOOKS.of(FoldedText.of(nickname, MAX_CHARS)).toString();
        StringBuilder letters = new StringBuilder(seen.length());
        seen.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
