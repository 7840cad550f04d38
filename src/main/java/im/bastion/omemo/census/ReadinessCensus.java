// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.census;

import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.PepNodes;
import im.bastion.host.RoomTraits;
import im.bastion.host.Rooms;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Counts, some times a day, who is ready for encryption, and keeps the last count of each day for {@link #KEPT}. Goes by the
 * nodes' rows in the database, so that no account is loaded for it; whether keys are good is the doctor's question.
 */
public final class ReadinessCensus implements AutoCloseable {
    /** How long a day's count is kept. */
    public static final Duration KEPT = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessCensus.class);
    private static final String KIND = "omemo-readiness";
    private static final long FIRST_SECONDS = 60;
    private static final long PAUSE_SECONDS = TimeUnit.HOURS.toSeconds(4);
    private static final List<String> KEY_NODES = List.of("eu.siacs.conversations.axolotl.", "urn:xmpp:omemo:2:");

    private final Host host;
    private final Records records;
    private final Clock clock;
    private ScheduledExecutorService thread;

    public ReadinessCensus(Host host, Records records, Clock clock) {
        this.host = host;
        this.records = records;
        this.clock = clock;
    }

    /** Counts from now on. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread census = new Thread(task, "bastion-omemo-census");
            census.setDaemon(true);
            return census;
        });
        var unused = thread.scheduleWithFixedDelay(this::count, FIRST_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            // Not shutdownNow: an interrupt in the embedded database closes its files.
            thread.shutdown();
        }
    }

    /** Counts now; a count of the same day is replaced. */
    public void count() {
        try {
            Readiness now = now();
            long at = now.at().toEpochMilli();
            String day = LocalDate.ofInstant(now.at(), clock.getZone()).toString();
            records.put(List.of(new Records.Row(KIND, day, "", at, at + KEPT.toMillis(), now.toBody())));
        } catch (SQLException | RuntimeException e) {
            LOG.warn("It could not be counted who is ready for encryption: {}", e.getMessage());
        }
    }

    /** The counts of the last days, oldest first. */
    public List<Readiness> latest(int days) throws SQLException {
        List<Readiness> counts = new ArrayList<>();
        for (Records.Row row : records.newest(KIND, Long.MAX_VALUE, days)) {
            counts.add(Readiness.of(row.at(), row.body()));
        }
        Collections.reverse(counts);
        return counts;
    }

    private Readiness now() {
        Set<String> ready = ready();
        long rooms = 0;
        long readyRooms = 0;
        for (JID room : host.rooms().all()) {
            RoomTraits traits = host.rooms().traits(room);
            if (traits != null && traits.membersOnly() && traits.nonAnonymous()) {
                rooms++;
                readyRooms += isReady(room, ready) ? 1 : 0;
            }
        }
        return new Readiness(clock.instant(), host.users().count(), ready.size(), rooms, readyRooms);
    }

    private boolean isReady(JID room, Set<String> ready) {
        Rooms rooms = host.rooms();
        return Stream.of(Affiliation.OWNER, Affiliation.ADMIN, Affiliation.MEMBER)
                .flatMap(affiliation -> rooms.affiliated(room, affiliation).stream())
                .filter(jid -> jid.getDomain().equals(host.domain()))
                .allMatch(jid -> ready.contains(jid.toBareJID()));
    }

    /** The rows of an owner follow each other. */
    private Set<String> ready() {
        Set<String> ready = new HashSet<>();
        PepNodes.Row last = null;
        Set<OmemoNode.Kind> old = EnumSet.noneOf(OmemoNode.Kind.class);
        Set<OmemoNode.Kind> present = EnumSet.noneOf(OmemoNode.Kind.class);
        List<PepNodes.Row> page = host.pepNodes().page(KEY_NODES, null, PepNodes.MAX_PAGE);
        while (!page.isEmpty()) {
            for (PepNodes.Row row : page) {
                if (last == null || !last.owner().equals(row.owner())) {
                    old.clear();
                    present.clear();
                }
                last = row;
                OmemoNode node = OmemoNode.of(row.node().id());
                if (node != null && row.node().accessModel().equals("open")) {
                    Set<OmemoNode.Kind> kinds = node.generation() == OmemoGeneration.LEGACY ? old : present;
                    kinds.add(node.kind());
                    if (kinds.contains(OmemoNode.Kind.DEVICES) && kinds.contains(OmemoNode.Kind.BUNDLES)) {
                        ready.add(row.owner());
                    }
                }
            }
            page = host.pepNodes().page(KEY_NODES, last, PepNodes.MAX_PAGE);
        }
        return ready;
    }
}
