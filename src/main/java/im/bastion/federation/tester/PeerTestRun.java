// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import im.bastion.federation.tester.fact.TestStep;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A test that waits, is under way or over. Thread-safe. */
public final class PeerTestRun {
    private final String domain;
    private final String by;
    private final Instant asked;
    private final List<TestStep> steps = new CopyOnWriteArrayList<>();
    private final CompletableFuture<PeerReport> outcome = new CompletableFuture<>();

    PeerTestRun(String domain, String by, Instant asked) {
        this.domain = domain;
        this.by = by;
        this.asked = asked;
    }

    /** In A-labels. */
    public String domain() {
        return domain;
    }

    /** The admin who asked for it. */
    public String by() {
        return by;
    }

    public Instant asked() {
        return asked;
    }

    /** Those it has taken until now. */
    public List<TestStep> steps() {
        return List.copyOf(steps);
    }

    public boolean isOver() {
        return outcome.isDone();
    }

    /** Whether it ended without a report: Bastion stopped, or this server's own certificates or addresses cannot be read. */
    public boolean hasFailed() {
        return outcome.isCompletedExceptionally();
    }

    /** What came of it; null before it is over and when it failed. */
    public PeerReport report() {
        return hasFailed() ? null : outcome.getNow(null);
    }

    void step(TestStep step) {
        steps.add(step);
    }

    void done(PeerReport report) {
        outcome.complete(report);
    }

    void failed(Exception why) {
        outcome.completeExceptionally(why);
    }
}
