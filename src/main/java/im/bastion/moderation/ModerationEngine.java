// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.host.Rooms;
import im.bastion.host.Users;
import im.bastion.moderation.consequence.Hit;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.policy.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the rules about an event and applies what is above them all: who is exempt, and how far each rule may go. Stateless;
 * safe for any thread.
 */
public final class ModerationEngine {
    private final Rooms rooms;
    private final Users users;

    public ModerationEngine(Rooms rooms, Users users) {
        this.rooms = rooms;
        this.users = users;
    }

    /**
     * What the rules find, in their order; empty when nothing, or when the sender is exempt. The last may be of a rule in
     * ENFORCE: no rule after it is asked.
     *
     * @param ceiling the guard's own mode, which no rule exceeds
     */
    public List<Hit> judge(RoomEvent event, List<ActiveRule> rules, Mode ceiling) {
        Sender sender = new Sender(rooms, event);
        List<Hit> hits = List.of();
        for (ActiveRule active : rules) {
            Mode mode = active.mode().within(ceiling);
            if (mode == Mode.OFF || !(active.rule().judge(event, sender) instanceof RuleOutcome.Finding finding)) {
                continue;
            }
            // Only now, because it is dear and findings are rare.
            if (isExempt(sender)) {
                return List.of();
            }
            hits = added(hits, new Hit(active, mode, finding.evidence(), sender.nickname()));
            if (mode == Mode.ENFORCE) {
                break;
            }
        }
        return hits;
    }

    private boolean isExempt(Sender sender) {
        return switch (sender.affiliation()) {
            case OWNER, ADMIN, MEMBER -> true;
            case NONE, OUTCAST -> users.isAdmin(sender.realJid());
        };
    }

    private static List<Hit> added(List<Hit> hits, Hit hit) {
        List<Hit> more = new ArrayList<>(hits);
        more.add(hit);
        return more;
    }
}
