// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import com.google.gson.JsonObject;
import im.bastion.store.PolicyBody;
import java.time.Instant;

/**
 * How far a sweep over the nodes of keys has come.
 *
 * @param id of this sweep; empty when there has never been one
 * @param dryRun whether it only says what it would change
 * @param by who started it: a console user's name
 * @param endedAt null while it runs
 * @param total nodes of keys when it began
 * @param done nodes it has looked at
 * @param changed nodes it has repaired, or would have
 * @param left nodes that are not open because their owners closed them
 * @param failed nodes it could not repair
 * @param pages of results, see {@link NodeSweep#results}
 * @param problem why it does not get on or ended early, in words; empty when all is well
 */
public record SweepProgress(
        String id,
        State state,
        boolean dryRun,
        String by,
        Instant startedAt,
        Instant endedAt,
        long total,
        long done,
        long changed,
        long left,
        long failed,
        int pages,
        String problem) {
    /** What becomes of a sweep. */
    public enum State {
        /** None was ever started. */
        NONE,
        RUNNING,
        FINISHED,
        CANCELLED
    }

    static final SweepProgress NONE =
            new SweepProgress("", State.NONE, true, "", Instant.EPOCH, null, 0, 0, 0, 0, 0, 0, "");

    static SweepProgress begun(String id, boolean dryRun, String by, Instant now) {
        return new SweepProgress(id, State.RUNNING, dryRun, by, now, null, 0, 0, 0, 0, 0, 0, "");
    }

    SweepProgress ofTotal(long nodes) {
        return new SweepProgress(
                id, state, dryRun, by, startedAt, endedAt, nodes, done, changed, left, failed, pages, problem);
    }

    SweepProgress stuck(String why) {
        return new SweepProgress(
                id, state, dryRun, by, startedAt, endedAt, total, done, changed, left, failed, pages, why);
    }

    SweepProgress ended(State how, Instant now) {
        return new SweepProgress(
                id, how, dryRun, by, startedAt, now, total, done, changed, left, failed, pages, problem);
    }

    /** @param morePages of results */
    SweepProgress advanced(long looked, long repaired, long closed, long broken, int morePages) {
        return new SweepProgress(
                id,
                state,
                dryRun,
                by,
                startedAt,
                endedAt,
                Math.max(total, done + looked),
                done + looked,
                changed + repaired,
                left + closed,
                failed + broken,
                pages + morePages,
                "");
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("state", state.name());
        json.addProperty("dryRun", dryRun);
        json.addProperty("by", by);
        json.addProperty("startedAt", startedAt.toEpochMilli());
        json.addProperty("endedAt", endedAt == null ? 0 : endedAt.toEpochMilli());
        json.addProperty("total", total);
        json.addProperty("done", done);
        json.addProperty("changed", changed);
        json.addProperty("left", left);
        json.addProperty("failed", failed);
        json.addProperty("pages", pages);
        json.addProperty("problem", problem);
        return json;
    }

    /** @throws RuntimeException when the text is not what {@link #toJson} writes */
    static SweepProgress fromJson(String body) {
        JsonObject json = PolicyBody.parse(body);
        long ended = json.get("endedAt").getAsLong();
        return new SweepProgress(
                json.get("id").getAsString(),
                State.valueOf(json.get("state").getAsString()),
                json.get("dryRun").getAsBoolean(),
                json.get("by").getAsString(),
                Instant.ofEpochMilli(json.get("startedAt").getAsLong()),
                ended == 0 ? null : Instant.ofEpochMilli(ended),
                json.get("total").getAsLong(),
                json.get("done").getAsLong(),
                json.get("changed").getAsLong(),
                json.get("left").getAsLong(),
                json.get("failed").getAsLong(),
                json.get("pages").getAsInt(),
                json.get("problem").getAsString());
    }
}
