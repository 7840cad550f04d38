// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import im.bastion.federation.peer.PeerHash;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports in the database, a row each, until the retention is over. */
public final class TestStore {
    private static final Logger LOG = LoggerFactory.getLogger(TestStore.class);
    private static final String KIND = "federation-test";
    private static final int MAX_SHOWN = 50;

    private final Records records;
    private final RecordWriter writer;
    private final Supplier<Duration> retention;

    public TestStore(Records records, RecordWriter writer, Supplier<Duration> retention) {
        this.records = records;
        this.writer = writer;
        this.retention = retention;
    }

    /** The latest reports of all peers, newest first, {@value #MAX_SHOWN} at most. Asks the database. */
    public List<PeerReport> latest() throws SQLException {
        return read(records.newest(KIND, Long.MAX_VALUE, MAX_SHOWN));
    }

    /**
     * The latest reports of a peer, newest first, {@value #MAX_SHOWN} at most. Asks the database.
     *
     * @param domain in A-labels
     */
    public List<PeerReport> of(String domain) throws SQLException {
        return read(records.newest(KIND, PeerHash.of(domain), Long.MAX_VALUE, MAX_SHOWN));
    }

    void put(PeerReport report) {
        long at = report.began().toEpochMilli();
        String peer = PeerHash.of(report.domain());
        writer.put(
                new Row(KIND, peer + '/' + at, peer, at, at + retention.get().toMillis(), PeerReportJson.of(report)));
    }

    private static List<PeerReport> read(List<Row> rows) {
        return rows.stream().flatMap(TestStore::read).toList();
    }

    private static Stream<PeerReport> read(Row row) {
        try {
            return Stream.of(PeerReportJson.read(row.body()));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} {} cannot be read: {}", row.kind(), row.id(), e.getMessage());
            return Stream.of();
        }
    }
}
