// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows when the other rules keep finding something against the same person: strikes, of which half is forgotten
 * every so often, and steps at numbers of them. Judges nothing itself. Fields: "halfLifeSeconds" (3,600); "warn" (2),
 * "mute" (4), "kick" (7) and "ban" (10), at how many strikes, 0 for never; "muteSeconds" (600) and "banSeconds" (86,400).
 */
public final class LadderRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.pure(
            "ladder", Severity.INFO, "you have broken the rules of this room repeatedly", LadderRule::read);

    private static final long YEAR = 366L * 24 * 60 * 60;
    private static final int MAX_STRIKES = 1_000;

    /**
     * One step.
     *
     * @param strikes at how many it is reached
     * @param length how long it lasts; null for what happens once
     */
    record Step(int strikes, Sanction.Kind kind, Duration length) {}

    private final Duration halfLife;
    private final List<Step> steps;

    private LadderRule(Duration halfLife, List<Step> steps) {
        this.halfLife = halfLife;
        this.steps = steps;
    }

    private static LadderRule read(Definition definition) throws BrokenDefinition {
        Duration halfLife = definition.seconds("halfLifeSeconds", Duration.ofHours(1), 60, YEAR);
        Duration mute = definition.seconds("muteSeconds", Duration.ofMinutes(10), 10, YEAR);
        Duration ban = definition.seconds("banSeconds", Duration.ofDays(1), 60, YEAR);
        List<Step> steps = new ArrayList<>();
        add(steps, new Step(definition.integer("warn", 2, 0, MAX_STRIKES), Sanction.Kind.WARN, null));
        add(steps, new Step(definition.integer("mute", 4, 0, MAX_STRIKES), Sanction.Kind.MUTE, mute));
        add(steps, new Step(definition.integer("kick", 7, 0, MAX_STRIKES), Sanction.Kind.KICK, null));
        add(steps, new Step(definition.integer("ban", 10, 0, MAX_STRIKES), Sanction.Kind.BAN, ban));
        return new LadderRule(halfLife, List.copyOf(steps));
    }

    private static void add(List<Step> steps, Step step) {
        if (step.strikes() > 0) {
            steps.add(step);
        }
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        return RuleOutcome.NOT_APPLICABLE;
    }

    /** In which time half of the strikes is forgotten. */
    Duration halfLife() {
        return halfLife;
    }

    /** The highest step between the two numbers of strikes, or null. */
    Step reached(double before, double now) {
        Step reached = null;
        for (Step step : steps) {
            // Half a strike of decay does not make three out of four.
            double at = step.strikes() - 0.5;
            boolean isNew = before < at && now >= at;
            reached = isNew && (reached == null || step.kind().compareTo(reached.kind()) > 0) ? step : reached;
        }
        return reached;
    }
}
