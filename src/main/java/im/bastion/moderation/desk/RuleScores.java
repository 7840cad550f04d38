// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import com.google.gson.JsonObject;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What counts for and against each version of each rule. One that people overturn too often, {@link #LEAST_OVERTURNED}
 * times and more than a fifth of what it did, is suspended. Survives a restart.
 */
public final class RuleScores {
    /** A rule is not suspended for fewer. */
    public static final int LEAST_OVERTURNED = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RuleScores.class);
    private static final String KIND = "rule-score";
    private static final int WRITE_EVERY = 50;

    /**
     * The score of one version.
     *
     * @param enforced how often it acted
     * @param observed how often it would have
     * @param overturned how often people decided that it was wrong
     * @param appealed how often those concerned said so
     */
    public record Score(RuleId rule, int version, long enforced, long observed, long overturned, long appealed) {
        /** Whether people have overturned too much of what it did. */
        boolean isDiscredited() {
            return overturned >= LEAST_OVERTURNED && overturned * 5 > enforced + observed;
        }
    }

    /** Suspends a rule. */
    @FunctionalInterface
    public interface Suspension {
        void suspend(RuleId rule, int version, String why);
    }

    private final Map<RuleId, Score> scores = new ConcurrentHashMap<>();
    private final Consumer<Records.Row> writer;
    private final InstantSource clock;
    private final Suspension suspension;

    /** @param writer where what is to be kept is handed to; does not block */
    public RuleScores(Consumer<Records.Row> writer, InstantSource clock, Suspension suspension) {
        this.writer = writer;
        this.clock = clock;
        this.suspension = suspension;
    }

    /** Reads the scores; waits for the database. */
    public void load(Records records) {
        try {
            for (Records.Row row : records.newest(KIND, Long.MAX_VALUE, Records.MAX_PAGE)) {
                JsonObject body = PolicyBody.parse(row.body());
                RuleId rule = new RuleId(body.get("rule").getAsString());
                Score score = new Score(
                        rule,
                        body.get("version").getAsInt(),
                        body.get("enforced").getAsLong(),
                        body.get("observed").getAsLong(),
                        body.get("overturned").getAsLong(),
                        body.get("appealed").getAsLong());
                scores.putIfAbsent(rule, score);
                if (score.isDiscredited()) {
                    suspend(score);
                }
            }
        } catch (SQLException e) {
            LOG.warn("The scores of the rules could not be read; they begin anew: {}", e.getMessage());
        }
    }

    /** A rule found something, and acted or (OBSERVE) would have. */
    public void found(ActiveRule rule, Mode mode) {
        boolean enforced = mode == Mode.ENFORCE;
        count(rule.id(), rule.version(), enforced ? 1 : 0, enforced ? 0 : 1, 0, 0);
    }

    /** People decided that the rule was wrong. */
    public void overturned(RuleId rule, int version) {
        Score now = count(rule, version, 0, 0, 1, 0);
        if (now.version() == version && now.isDiscredited()) {
            suspend(now);
        }
    }

    /** Somebody concerned says that the rule was wrong. */
    public void appealed(RuleId rule, int version) {
        Score unused = count(rule, version, 0, 0, 0, 1);
    }

    /** All scores, those that did most first. */
    public List<Score> all() {
        return scores.values().stream()
                .sorted(Comparator.comparingLong((Score score) -> score.enforced() + score.observed())
                        .reversed())
                .toList();
    }

    private void suspend(Score score) {
        suspension.suspend(
                score.rule(),
                score.version(),
                "people have overturned " + score.overturned() + " of the " + (score.enforced() + score.observed())
                        + " things it found; define it anew to let it act again");
    }

    private Score count(RuleId rule, int version, int enforced, int observed, int overturned, int appealed) {
        Score now = scores.compute(rule, (id, before) -> {
            if (before != null && before.version() > version) {
                // What an older version did speaks neither for nor against this one.
                return before;
            }
            Score base = before == null || before.version() < version ? new Score(id, version, 0, 0, 0, 0) : before;
            return new Score(
                    id,
                    base.version(),
                    base.enforced() + enforced,
                    base.observed() + observed,
                    base.overturned() + overturned,
                    base.appealed() + appealed);
        });
        if (overturned + appealed > 0 || (now.enforced() + now.observed()) % WRITE_EVERY == 1) {
            keep(now);
        }
        return now;
    }

    private void keep(Score score) {
        JsonObject body = new JsonObject();
        body.addProperty("rule", score.rule().value());
        body.addProperty("version", score.version());
        body.addProperty("enforced", score.enforced());
        body.addProperty("observed", score.observed());
        body.addProperty("overturned", score.overturned());
        body.addProperty("appealed", score.appealed());
        writer.accept(new Records.Row(KIND, score.rule().value(), "", clock.millis(), Long.MAX_VALUE, body.toString()));
    }
}
