// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import im.bastion.metric.Health;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A history as a month of federation leaves it: each peer connected in both directions on each day; one of ten in clear text
 * and one of ten with a certificate that nobody trusts.
 */
public final class FilledHistory {
    private static final Duration RETENTION = Duration.ofDays(400);
    private static final long WRITTEN_MILLIS = TimeUnit.MINUTES.toMillis(2);

    private FilledHistory() {}

    /**
     * Fills the records.
     *
     * @param days up to today
     * @param sessions that began, of all peers in all days, as near as they can be shared out
     */
    public static HistoryStore in(Records records, int peers, int days, int sessions) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        RecordWriter writer = new RecordWriter(records, new Health(clock), clock);
        HistoryStore store = new HistoryStore(records, writer, "0badcafe", () -> RETENTION);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        long rows = (long) peers * days * 2;
        long row = 0;
        for (int day = 0; day < days; day++) {
            for (int peer = 0; peer < peers; peer++) {
                long in = share(sessions, rows, row++);
                long out = share(sessions, rows, row++);
                store.put(day(peer, today.minusDays(day), in, out));
                if (peer % (RecordWriter.MAX_WAITING / 2) == 0) {
                    written(writer);
                }
            }
            written(writer);
        }
        writer.close();
        return store;
    }

    /** So that all rows together have all of them. */
    private static long share(long sessions, long rows, long row) {
        return sessions * (row + 1) / rows - sessions * row / rows;
    }

    private static void written(RecordWriter writer) throws InterruptedException {
        if (!writer.flush(WRITTEN_MILLIS)) {
            throw new IllegalStateException("The database takes no more rows");
        }
    }

    private static PeerDay day(int peer, LocalDate day, long in, long out) {
        String domain = "p" + peer + ".peers.test";
        Traffic traffic = new Traffic(500, 200_000, 0);
        long[] users = {1L << (peer % Long.SIZE), 1L << (day.getDayOfYear() % Long.SIZE)};
        return new PeerDay(
                domain,
                day,
                List.of(
                        shape(domain, Direction.INCOMING, peer, day, in),
                        shape(domain, Direction.OUTGOING, peer, day, out)),
                0,
                traffic,
                traffic,
                0,
                UserSketch.of(users));
    }

    private static Shape shape(String domain, Direction direction, int peer, LocalDate day, long sessions) {
        boolean plain = peer % 10 == 0;
        boolean trusted = !plain && peer % 10 != 1;
        Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        String hash = "%064x".formatted(peer);
        StreamFacts facts = new StreamFacts(
                direction,
                domain,
                !plain,
                plain ? "" : "TLSv1.3",
                new CipherSuite(plain ? "" : "TLS_AES_256_GCM_SHA384"),
                plain ? Establishment.PLAIN : Establishment.STARTTLS,
                plain ? Authentication.DIALBACK : Authentication.EXTERNAL,
                plain ? null : hash,
                plain ? Instant.MAX : at.plus(RETENTION),
                trusted ? null : "its certificate is self-signed",
                plain ? NameMatch.NONE : NameMatch.MATCHES);
        return new Shape(facts, "192.0.2.1", plain ? "" : hash, sessions, at.plusSeconds(60), at.plusSeconds(80_000));
    }
}
