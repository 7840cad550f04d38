// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** What closes the connections of tests in tests. */
public final class Timers {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-limit");
        thread.setDaemon(true);
        return thread;
    });

    private Timers() {}

    public static Budget budget(Duration time) {
        return new Budget(TIMER, time, TestLimits.BYTES, TestLimits.QUERIES);
    }

    public static Budget budget(Duration time, long bytes, int queries) {
        return new Budget(TIMER, time, bytes, queries);
    }
}
