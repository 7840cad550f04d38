// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.host.Affiliation;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xmpp.packet.JID;

/**
 * Somebody takes the nickname of a moderator who is inside or the name of an owner's or admin's account, or one that looks
 * like it, or one that nobody can see or that turns the direction of writing. Fields:
 * "impersonation" (true); "reserved", up to 1,000 names that nobody may take or imitate.
 */
public final class NicknameRule implements ModerationRule {
    private static final View LOOKS = new View(Lookalikes.ALL, true, true);
    private static final List<Affiliation> STAFF = List.of(Affiliation.OWNER, Affiliation.ADMIN);
    private static final int MAX_RESERVED = 1_000;
    private static final int MAX_CHARS = 256;

    private final Rooms rooms;
    private final boolean impersonation;
    private final Set<String> reserved;

    private NicknameRule(Rooms rooms, boolean impersonation, Set<String> reserved) {
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
        Set<String> reserved = new HashSet<>();
        List<String> names = definition.optionalTexts("reserved", MAX_RESERVED, MAX_CHARS);
        for (int i = 0; i < names.size(); i++) {
            String looks = looks(names.get(i));
            if (looks.isEmpty()) {
                throw definition.broken("reserved[" + i + "]", "a name with letters or digits");
            }
            reserved.add(looks);
        }
        return new NicknameRule(rooms, definition.flag("impersonation", true), reserved);
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() != Kind.JOIN && event.kind() != Kind.NICK_CHANGE) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        String nickname = event.nickname();
        if (FoldedText.of(nickname, MAX_CHARS).length() == 0) {
            return found("nickname=invisible", "a nickname needs signs that can be seen");
        }
        if (nickname.codePoints().anyMatch(NicknameRule::misleads)) {
            return found(
                    "nickname=misleading", "a nickname must not turn the direction of writing or hold control signs");
        }
        String looks = looks(nickname);
        if (reserved.contains(looks)) {
            return found("nickname=reserved", "this nickname is reserved");
        }
        return impersonation && !looks.isEmpty() && isAnothers(looks, event.room(), sender.bareJid())
                ? found("nickname=moderator's", "this nickname looks like a moderator's")
                : RuleOutcome.PASS;
    }

    /** Whether a moderator who is inside looks so, or the account of an owner or admin who may be away. */
    private boolean isAnothers(String looks, JID room, JID sender) {
        for (Occupant occupant : rooms.occupants(room)) {
            if (occupant.role() == Role.MODERATOR
                    && !occupant.realJid().asBareJID().equals(sender)
                    && looks(occupant.roomJid().getResource()).equals(looks)) {
                return true;
            }
        }
        for (Affiliation affiliation : STAFF) {
            for (JID jid : rooms.affiliated(room, affiliation)) {
                if (jid.getNode() != null
                        && !jid.equals(sender)
                        && looks(jid.getNode()).equals(looks)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Bidirectional embeddings, overrides and isolates (UAX 9 §2), and controls. */
    private static boolean misleads(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || Character.isISOControl(codePoint);
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
