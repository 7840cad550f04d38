// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Rooms;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.RuleWatch.Suspension;
import im.bastion.moderation.desk.RuleScores.Score;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.store.PolicyRow;
import java.util.List;

/**
 * A rule in the table.
 *
 * @param score what counts for and against this version; zeros when nothing does yet
 * @param suspended why it does not do what it is defined to do; empty when it does
 * @param advice why it may never find anything, or what is wrong with it
 */
public record RuleLine(PolicyRow row, String type, Score score, String suspended, List<String> advice) {
    static RuleLine of(PolicyRow row, ModerationServices moderation, Rooms rooms) {
        Score score = moderation.scores().all().stream()
                .filter(one -> one.rule().equals(row.rule()) && one.version() == row.version())
                .findFirst()
                .orElse(new Score(row.rule(), row.version(), 0, 0, 0, 0));
        String suspended = moderation.watch().suspensions().stream()
                .filter(one -> one.rule().equals(row.rule()) && one.version() == row.version())
                .map(Suspension::why)
                .findFirst()
                .orElse("");
        return new RuleLine(row, RulesPage.type(row), score, suspended, advice(row, moderation, rooms));
    }

    private static List<String> advice(PolicyRow row, ModerationServices moderation, Rooms rooms) {
        try {
            return moderation.book().get().advice(row, rooms);
        } catch (BrokenDefinition e) {
            return List.of(e.getMessage());
        }
    }

    /** The share of what it found that people overturned, of 100. */
    public int overturnedPercent() {
        long found = score.enforced() + score.observed();
        return found == 0 ? 0 : (int) Math.min(100, 100 * score.overturned() / found);
    }
}
