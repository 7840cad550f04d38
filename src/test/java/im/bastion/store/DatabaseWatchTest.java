// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.host.Database.Dialect;
import im.bastion.metric.Health;
import im.bastion.metric.Health.State;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {
    private final Health health = new Health(Clock.systemUTC());
    private final AtomicInteger calls = new AtomicInteger();
    private DatabaseWatch watch;

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void saysWhatIsWrongAndThatItIsOver() {
        TestDatabase database = DatabaseServer.of(Dialect.HSQLDB).emptyDatabase();
        watch = new DatabaseWatch(database, health, Duration.ofMillis(20), calls::incrementAndGet);
        awaitReport(State.FAILED, "tables were not created");
        assertThat(calls).hasValue(0);
        database.install(TestDatabase.SCRIPTS, Schema.VERSION);
        awaitReport(State.OK, "");
        await().until(() -> calls.get() > 1);
        database.stop();
        awaitReport(State.FAILED, "does not answer (The database is down)");
        database.start();
        awaitReport(State.OK, "");
        watch.close();
        // An executor is terminated a moment before its thread has died.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("bastion-database-watch"));
    }

    @Test
    void goesOnWhenKeepingInStepFails() {
        TestDatabase database = DatabaseServer.of(Dialect.HSQLDB).freshDatabase();
        Runnable failing = () -> {
            calls.incrementAndGet();
            throw new IllegalStateException("Not now");
        };
        watch = new DatabaseWatch(database, health, Duration.ofMillis(20), failing);
        await().until(() -> calls.get() > 2);
    }

    private void awaitReport(State state, String message) {
        await().untilAsserted(() -> assertThat(health.of("database")).satisfies(report -> {
            assertThat(report.state()).isEqualTo(state);
            assertThat(report.message()).contains(message);
        }));
    }
}
