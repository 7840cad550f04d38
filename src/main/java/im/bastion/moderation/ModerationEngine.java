// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.host.Affiliation;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.policy.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the rules about an event and applies what is above them all: who is out of their reach, and how far each rule may
 * go. Safe for any thread.
 */
public final class ModerationEngine {
    private final RuleWatch watch;

    public ModerationEngine(RuleWatch watch) {
        this.watch = watch;
    }

    /**
     * What the rules find, in their order; empty when nothing, or when no rule reaches the sender. The last may be of a
     * rule in ENFORCE that keeps the event from the room: no rule after it is asked.
     *
     * @param ceiling the guard's own mode, which no rule exceeds
     */
    public List<Hit> judge(RoomEvent event, Sender sender, List<ActiveRule> rules, Mode ceiling) {
        List<Hit> hits = List.of();
        for (ActiveRule active : rules) {
            Mode mode = watch.modeOf(active).within(ceiling);
            if (mode == Mode.OFF || !active.scope().covers(event)) {
                continue;
            }
            RuleOutcome.Finding finding = finding(active, event, sender);
            if (finding == null) {
                continue;
            }
            hits = added(hits, new Hit(active, mode, finding, sender.nickname()));
            if (mode == Mode.ENFORCE && !(finding.remedy() instanceof Remedy.Report)) {
                break;
            }
        }
        return hits;
    }

    /** Whether the rule reaches the sender is asked last, because it is dear and findings are rare; of counting rules first. */
    private RuleOutcome.Finding finding(ActiveRule active, RoomEvent event, Sender sender) {
        if (active.type().stateful() && !active.scope().reaches(sender)) {
            return sender.affiliation() == Affiliation.NONE
                    ? null
                    : active.rule().notice(event, sender);
        }
        if (!(watch.judge(active, event, sender) instanceof RuleOutcome.Finding finding)) {
            return null;
        }
        return active.type().stateful() || active.scope().reaches(sender) ? finding : null;
    }

    private static List<Hit> added(List<Hit> hits, Hit hit) {
        List<Hit> more = new ArrayList<>(hits);
        more.add(hit);
        return more;
    }
}
