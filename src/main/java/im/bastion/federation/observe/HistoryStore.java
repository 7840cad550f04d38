// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.federation.peer.PeerHash;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history in the database: a row for each peer, for each peer and day, and for each chain. Each node of a cluster writes
 * rows of its own; days are added up when they are read. Rows expire when the retention is over.
 */
public final class HistoryStore {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryStore.class);
    private static final String PROFILE = "federation-peer";
    private static final String DAY = "federation-day";
    private static final String CHAIN = "federation-chain";

    private final Records records;
    private final RecordWriter writer;
    private final String node;
    private final Supplier<Duration> retention;

    /** @param node 8 hexadecimal digits, this node's name */
    public HistoryStore(Records records, RecordWriter writer, String node, Supplier<Duration> retention) {
        this.records = records;
        this.writer = writer;
        this.node = node;
        this.retention = retention;
    }

    /** Whether the retention is over for what was seen then. */
    boolean isOver(Instant seen, Instant now) {
        return seen.plus(retention.get()).isBefore(now);
    }

    void put(PeerProfile profile) {
        String peer = PeerHash.of(profile.domain());
        put(PROFILE, peer + '/' + node, peer, profile.lastSeen(), HistoryJson.of(profile));
    }

    void put(PeerDay day) {
        Instant at = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
        String peer = PeerHash.of(day.domain());
        put(DAY, day.day() + "/" + peer + '/' + node, peer, at, HistoryJson.of(day));
    }

    void put(String domain, List<CertificateSummary> chain, Instant now) {
        put(CHAIN, chain.get(0).sha256(), PeerHash.of(domain), now, ChainJson.of(chain));
    }

    /** Every peer that is known, from all nodes; at most that many. */
    List<PeerProfile> profiles(int max) throws SQLException {
        List<PeerProfile> profiles = new ArrayList<>();
        each(PROFILE, "", "~", max, HistoryReader::profile, profiles::add);
        return profiles;
    }

    /** The days from the first to the last, from all nodes, one after the other in no order but that of the days. */
    public void days(LocalDate first, LocalDate last, Consumer<PeerDay> consumer) throws SQLException {
        each(DAY, first.toString(), last.plusDays(1).toString(), Integer.MAX_VALUE, HistoryReader::day, consumer);
    }

    /** This node's rows of one day. */
    List<PeerDay> ownDay(LocalDate day) throws SQLException {
        List<PeerDay> days = new ArrayList<>();
        String from = day.toString();
        for (List<Row> page = records.after(DAY, from, Records.MAX_PAGE); !page.isEmpty(); ) {
            for (Row row : page) {
                if (row.id().startsWith(day.toString()) && row.id().endsWith("/" + node)) {
                    read(row, HistoryReader::day).ifPresent(days::add);
                }
            }
            Row last = page.get(page.size() - 1);
            page = last.id().startsWith(day.toString()) ? records.after(DAY, last.id(), Records.MAX_PAGE) : List.of();
        }
        return days;
    }

    /** The days of one peer, newest first; of several nodes added up. */
    public List<PeerDay> days(String domain) throws SQLException {
        Map<LocalDate, PeerDay> byDay = new TreeMap<>((a, b) -> b.compareTo(a));
        for (Row row : records.newest(DAY, PeerHash.of(domain), Long.MAX_VALUE, Records.MAX_PAGE)) {
            read(row, HistoryReader::day).ifPresent(day -> byDay.merge(day.day(), day, PeerDay::plus));
        }
        return List.copyOf(byDay.values());
    }

    /** The chain of a certificate, leaf first; empty when it is not known any more. */
    public List<CertificateSummary> chain(String certificate) throws SQLException {
        return records.get(CHAIN, certificate)
                .flatMap(row -> read(row, ChainJson::read))
                .orElse(List.of());
    }

    private <T> void each(
            String kind, String from, String to, int max, Function<String, T> reader, Consumer<T> consumer)
            throws SQLException {
        String after = from;
        int read = 0;
        while (read < max) {
            List<Row> page = records.after(kind, after, Math.min(Records.MAX_PAGE, max - read));
            for (Row row : page) {
                if (row.id().compareTo(to) >= 0) {
                    return;
                }
                read(row, reader).ifPresent(consumer);
            }
            if (page.isEmpty()) {
                return;
            }
            read += page.size();
            after = page.get(page.size() - 1).id();
        }
    }

    private static <T> Optional<T> read(Row row, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(row.body()));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} {} cannot be read: {}", row.kind(), row.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private void put(String kind, String id, String scope, Instant at, String body) {
        writer.put(new Row(
                kind, id, scope, at.toEpochMilli(), at.plus(retention.get()).toEpochMilli(), body));
    }
}
