// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A simulation under way or over. Thread-safe. */
public final class SimulationRun {
    private final LocalDate first;
    private final LocalDate last;
    private final Instant began;
    private final CompletableFuture<Impact> outcome = new CompletableFuture<>();
    private volatile LocalDate reached;

    SimulationRun(LocalDate first, LocalDate last, Instant began) {
        this.first = first;
        this.last = last;
        this.began = began;
        this.reached = first;
    }

    public LocalDate first() {
        return first;
    }

    public LocalDate last() {
        return last;
    }

    /** How many of its days have been judged. */
    public long daysDone() {
        return outcome.isDone() ? days() : ChronoUnit.DAYS.between(first, reached);
    }

    public long days() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** What came out; null while it runs and when it failed. */
    public Impact impact() {
        return outcome.isCompletedExceptionally() ? null : outcome.getNow(null);
    }

    /** Whether it came to nothing: the database did not answer, or Bastion stopped. */
    public boolean failed() {
        return outcome.isCompletedExceptionally();
    }

    public boolean running() {
        return !outcome.isDone();
    }

    /** Waits for its end, that long at most. */
    public void await(Duration patience) throws InterruptedException {
        try {
            var unused = outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Whoever waited looks at the run.
        }
    }

    Instant began() {
        return began;
    }

    void reached(LocalDate day) {
        reached = day;
    }

    void done(Impact impact) {
        outcome.complete(impact);
    }

    void failed(Exception why) {
        outcome.completeExceptionally(why);
    }
}
