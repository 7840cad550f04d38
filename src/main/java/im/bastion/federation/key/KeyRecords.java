// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.peer.PeerHash;
import im.bastion.host.ServerSession.Direction;
import im.bastion.store.RecordPages;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of keys in the database: a row for each peer and direction, which all nodes of a cluster share. A row expires
 * when its peer was not seen for so long.
 */
public final class KeyRecords {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRecords.class);
    private static final String KIND = "federation-key";
    /** How far the clocks of nodes may differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Records records;
    private final RecordWriter writer;
    private final Supplier<Duration> retention;

    public KeyRecords(Records records, RecordWriter writer, Supplier<Duration> retention) {
        this.records = records;
        this.writer = writer;
        this.retention = retention;
    }

    /** Whether the retention is over for a peer that was seen last then. */
    boolean isOver(Instant seen, Instant now) {
        return seen.plus(retention.get()).isBefore(now);
    }

    void put(PeerKeys peer, Instant now) {
        String hash = PeerHash.of(peer.domain());
        String way = peer.direction() == Direction.INCOMING ? "/in" : "/out";
        writer.put(new Row(
                KIND,
                hash + way,
                hash,
                now.toEpochMilli(),
                now.plus(retention.get()).toEpochMilli(),
                KeyJson.of(peer)));
    }

    /** Everything that is known, the latest first; at most that many rows. */
    void all(int max, Consumer<PeerKeys> consumer) throws SQLException {
        RecordPages.read(records, KIND, max, row -> read(row, consumer));
    }

    /** What was written since then, by whatever node: at most {@value Records#MAX_PAGE} rows. */
    void since(Instant then, Consumer<PeerKeys> consumer) throws SQLException {
        long from = then.minus(SKEW).toEpochMilli();
        for (Row row : records.newest(KIND, Long.MAX_VALUE, Records.MAX_PAGE)) {
            if (row.at() >= from) {
                read(row, consumer);
            }
        }
    }

    private static void read(Row row, Consumer<PeerKeys> consumer) {
        PeerKeys peer;
        try {
            peer = KeyJson.read(row.body());
        } catch (IllegalArgumentException e) {
            LOG.warn("{} {} cannot be read: {}", row.kind(), row.id(), e.getMessage());
            return;
        }
        consumer.accept(peer);
    }
}
