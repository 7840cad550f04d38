// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retracted messages that the host had not written to its log yet: rewritten as soon as it has. */
final class UnwrittenRows {
    private static final Logger LOG = LoggerFactory.getLogger(UnwrittenRows.class);
    /** 4.2.0 writes its log every five minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private final ScheduledExecutorService worker;
    private final Originals originals;
    private final Replacement replacement;
    private final Records records;
    private final Clock clock;

    UnwrittenRows(
            ScheduledExecutorService worker,
            Originals originals,
            Replacement replacement,
            Records records,
            Clock clock) {
        this.worker = worker;
        this.originals = originals;
        this.replacement = replacement;
        this.records = records;
        this.clock = clock;
    }

    /** Goes on with what waited when the server or the plugin was stopped. */
    void resume() {
        try {
            records.newest(RetractionRecord.KIND, Long.MAX_VALUE, Records.MAX_PAGE).stream()
                    .map(RetractionRecord::of)
                    .filter(RetractionRecord::pending)
                    .forEach(this::rewriteLater);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Retractions that wait for the room's log could not be read: {}", e.getMessage());
        }
    }

    /** Looks again, later and later, until the host has written the row or {@link #PATIENCE} is over. */
    void rewriteLater(RetractionRecord record) {
        retryLater(record, FIRST_RETRY);
    }

    private void retryLater(RetractionRecord record, Duration delay) {
        if (!worker.isShutdown()) {
            var unused = worker.schedule(() -> retry(record, delay), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void retry(RetractionRecord record, Duration delay) {
        Retraction shown = record.shown();
        try {
            Optional<RetractionRecord> now =
                    records.get(RetractionRecord.KIND, shown.id()).map(RetractionRecord::of);
            if (now.isEmpty()
                    || !now.get().pending()
                    || !now.get().shown().retractedAt().equals(shown.retractedAt())) {
                return;
            }
            RetractionRecord after =
                    replacement.replaced(now.get(), originals.row(shown.room(), shown.stanzaId(), shown.saidAt()));
            if (!after.pending()) {
                records.put(List.of(after.row()));
                return;
            }
            if (clock.instant().isAfter(shown.retractedAt().plus(PATIENCE))) {
                LOG.warn(
                        "The host never wrote a retracted message of {} to its log; there was nothing to rewrite",
                        shown.room());
                records.put(List.of(after.settled().row()));
                return;
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The row of a retracted message could not be rewritten yet: {}", e.getMessage());
        }
        Duration next = delay.multipliedBy(2);
        retryLater(record, next.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : next);
    }
}
