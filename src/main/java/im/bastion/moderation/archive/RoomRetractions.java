// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.HostException;
import im.bastion.host.Occupant;
import im.bastion.host.RoomArchive.Logged;
import im.bastion.host.RoomTraits;
import im.bastion.moderation.archive.PassedEvents.Passed;
import im.bastion.policy.Mode;
import im.bastion.store.Records;
import im.bastion.store.TextColumns;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** {@link Retractions} in the host's live history, its database and for everybody who is or was there. */
public final class RoomRetractions implements Retractions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomRetractions.class);
    private static final int MAX_REASON_CHARS = 500;
    /** How long what was let through may wait for the id its room gives it. */
    private static final int ID_ATTEMPTS = 20;

    private static final Duration ID_PAUSE = Duration.ofMillis(100);

    private final Host host;
    private final Originals originals;
    private final PassedEvents passed;
    private final RoomIds ids;
    private final Replacement replacement;
    private final Records records;
    private final AuditTrail audit;
    private final Clock clock;
    private final BooleanSupplier hideModerators;
    private final Duration keepEvidence;
    private final RetractionWorker worker = new RetractionWorker();
    private final UnwrittenRows unwritten;

    /**
     * @param hideModerators whether rooms are not told who retracted
     * @param keepEvidence how long a retraction can be undone
     */
    public RoomRetractions(
            Host host,
            PassedEvents passed,
            RoomIds ids,
            Seal seal,
            Records records,
            AuditTrail audit,
            Clock clock,
            BooleanSupplier hideModerators,
            Duration keepEvidence) {
        this.host = host;
        this.originals = new Originals(host.roomArchive(), clock);
        this.passed = passed;
        this.ids = ids;
        this.replacement = new Replacement(host.roomArchive(), originals, new Evidence(seal), records);
        this.records = records;
        this.audit = audit;
        this.clock = clock;
        this.hideModerators = hideModerators;
        this.keepEvidence = keepEvidence;
        unwritten = new UnwrittenRows(worker.executor(), originals, replacement, records, clock);
        worker.executor().execute(unwritten::resume);
    }

    @Override
    public void retract(JID room, String stanzaId, Actor by, String reason, Done done) {
        worker.submit(done, () -> {
            List<Retraction> made = new ArrayList<>(1);
            done.told(retractOne(room.asBareJID(), stanzaId, by, reason, made), made);
        });
    }

    @Override
    public void retractAll(JID room, JID author, Instant since, Actor by, String reason, Done done) {
        worker.submit(done, () -> {
            JID bareRoom = room.asBareJID();
            JID bareAuthor = author.asBareJID();
            Set<String> stanzaIds = new TreeSet<>();
            originals.rows(bareRoom, bareAuthor, since).stream()
                    .filter(row -> !RetractionXml.isTombstone(row.message()))
                    .forEach(row -> stanzaIds.add(Originals.id(row.message(), bareRoom)));
            passed.of(bareRoom, bareAuthor, since.toEpochMilli()).forEach(known -> stanzaIds.add(known.stanzaId()));
            List<Retraction> made = new ArrayList<>();
            Outcome outcome = stanzaIds.isEmpty() ? Outcome.UNKNOWN : Outcome.DONE;
            for (String stanzaId : stanzaIds) {
                Outcome one = retractOne(bareRoom, stanzaId, by, reason, made);
                outcome = one == Outcome.DONE || one == Outcome.ALREADY ? outcome : one;
            }
            done.told(outcome, made);
        });
    }

    @Override
    public void retractPassed(List<Long> eventKeys, Actor by, String reason, Done done) {
        worker.submit(
                done,
                () -> retractPassed(eventKeys, by, reason, done, ID_ATTEMPTS, Outcome.UNKNOWN, new ArrayList<>()));
    }

    private void retractPassed(
            List<Long> eventKeys,
            Actor by,
            String reason,
            Done done,
            int attempts,
            Outcome sofar,
            List<Retraction> made) {
        Outcome outcome = sofar;
        List<Long> early = new ArrayList<>();
        for (Long key : eventKeys) {
            Optional<Passed> known = passed.find(key);
            if (known.isPresent() && known.get().stanzaId().isEmpty()) {
                early.add(key);
            } else if (known.isPresent()) {
                Outcome one = retractOne(known.get().room(), known.get().stanzaId(), by, reason, made);
                outcome = one == Outcome.UNKNOWN || outcome == Outcome.FAILED ? outcome : one;
            }
        }
        if (early.isEmpty() || attempts == 0) {
            done.told(made.isEmpty() || outcome == Outcome.FAILED ? outcome : Outcome.DONE, made);
            return;
        }
        Outcome before = outcome;
        // Still on its way through the room, which gives it its id.
        worker.later(ID_PAUSE, done, () -> retractPassed(early, by, reason, done, attempts - 1, before, made));
    }

    @Override
    public void undo(String retractionId, Actor by, Done done) {
        worker.submit(done, () -> {
            Optional<RetractionRecord> known =
                    records.get(RetractionRecord.KIND, retractionId).map(RetractionRecord::of);
            if (known.isEmpty() || !known.get().shown().restorable()) {
                done.told(Outcome.UNKNOWN, List.of());
            } else if (known.get().shown().undone()) {
                done.told(Outcome.ALREADY, List.of(known.get().shown()));
            } else if (restore(known.get(), by)) {
                done.told(Outcome.DONE, List.of(known.get().undone().shown()));
            } else {
                done.told(Outcome.UNKNOWN, List.of());
            }
        });
    }

    @Override
    public List<Retraction> latest(JID room, Instant before, int max) {
        try {
            List<Records.Row> rows = room == null
                    ? records.newest(RetractionRecord.KIND, before.toEpochMilli(), max)
                    : records.newest(
                            RetractionRecord.KIND,
                            RetractionRecord.scope(room.asBareJID()),
                            before.toEpochMilli(),
                            max);
            return rows.stream().map(row -> RetractionRecord.of(row).shown()).toList();
        } catch (SQLException e) {
            throw new HostException("The retractions could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Retraction> find(String retractionId) {
        try {
            return records.get(RetractionRecord.KIND, retractionId)
                    .map(row -> RetractionRecord.of(row).shown());
        } catch (SQLException e) {
            throw new HostException("The retraction could not be read: " + e.getMessage(), e);
        }
    }

    /** Stops; what waits for the host's log goes on after the next start. */
    @Override
    public void close() {
        worker.close();
    }

    /** The message, and what its author later put in its place (XEP-0308), each a retraction of its own. */
    private Outcome retractOne(JID room, String stanzaId, Actor by, String reason, List<Retraction> made) {
        Set<String> corrections = new TreeSet<>();
        Outcome outcome = retractOne(room, stanzaId, by, reason, made, corrections);
        for (String correction : corrections) {
            Outcome unused = retractOne(room, correction, by, reason, made, new TreeSet<>());
        }
        return outcome;
    }

    private Outcome retractOne(
            JID room, String stanzaId, Actor by, String reason, List<Retraction> made, Set<String> corrections) {
        try {
            String id = RetractionRecord.id(room, stanzaId);
            Optional<RetractionRecord> before =
                    records.get(RetractionRecord.KIND, id).map(RetractionRecord::of);
            if (before.isPresent() && !before.get().shown().undone()) {
                if (before.get().announced()) {
                    return Outcome.ALREADY;
                }
                finish(
                        before.get(),
                        originals.row(room, stanzaId, before.get().shown().saidAt()),
                        by);
                made.add(before.get().shown());
                return Outcome.DONE;
            }
            Optional<Passed> known = passed.find(room, stanzaId);
            Message live = originals.live(room, stanzaId);
            Optional<Logged> row = originals.row(
                    room,
                    stanzaId,
                    known.map(k -> Instant.ofEpochMilli(k.atMillis())).orElse(null));
            if (known.isEmpty() && live == null && row.isEmpty()) {
                return Outcome.UNKNOWN;
            }
            Message seen = row.map(Logged::message).orElse(live);
            if (seen != null && RetractionXml.isTombstone(seen)) {
                // Of a retraction so old that its record has expired.
                return Outcome.ALREADY;
            }
            JID author = known.map(Passed::author)
                    .or(() -> row.map(found -> found.sender().asBareJID()))
                    .orElseGet(() -> ownerWhoSaid(room, live));
            if (isProtected(room, author, by)) {
                return Outcome.PROTECTED;
            }
            Retraction retraction = new Retraction(
                    id,
                    room,
                    stanzaId,
                    author,
                    nickname(live, row),
                    known.map(k -> Instant.ofEpochMilli(k.atMillis()))
                            .or(() -> row.map(Logged::at))
                            .orElse(clock.instant()),
                    clock.instant(),
                    by.name(),
                    TextColumns.fit(reason, MAX_REASON_CHARS),
                    by.reference(),
                    true,
                    false);
            corrections.addAll(originals.corrections(room, author, seen, retraction.saidAt()));
            finish(begun(retraction, by), row, by);
            made.add(retraction);
            return Outcome.DONE;
        } catch (SQLException | HostException e) {
            LOG.warn("A message of {} could not be retracted: {}", room, e.getMessage());
            return Outcome.FAILED;
        }
    }

    private RetractionRecord begun(Retraction retraction, Actor by) {
        JID room = retraction.room();
        JID shownAs = hideModerators.getAsBoolean() || by.jid() == null ? null : roomJid(room, by.jid());
        Message announcement = RetractionXml.announcement(
                room,
                retraction.stanzaId(),
                retraction.reason(),
                shownAs,
                shownAs == null ? null : ids.occupantId(room, by.jid()));
        return new RetractionRecord(
                retraction,
                "",
                "",
                announcement.toXML(),
                false,
                isLogged(room),
                clock.instant().plus(keepEvidence));
    }

    private void finish(RetractionRecord begun, Optional<Logged> row, Actor by) throws SQLException {
        RetractionRecord record = replacement.replaced(begun, row);
        JID room = record.shown().room();
        Message announcement = Replacement.announcement(record);
        host.roomActions().broadcast(room, announcement.createCopy());
        records.put(List.of(record.told().row()));
        host.roomArchive().appendLive(room, announcement.createCopy(), clock.instant());
        log(room, announcement.createCopy());
        audit("message-retracted", record.shown(), by);
        if (record.pending()) {
            unwritten.rewriteLater(record);
        }
    }

    /** @return false when the originals cannot be read any more */
    private boolean restore(RetractionRecord record, Actor by) throws SQLException {
        if (!replacement.restored(record)) {
            return false;
        }
        records.put(List.of(record.undone().row()));
        Message told = RetractionXml.restored(record.shown().room());
        host.roomActions().broadcast(record.shown().room(), told.createCopy());
        log(record.shown().room(), told);
        audit("retraction-undone", record.shown(), by);
        return true;
    }

    private boolean isLogged(JID room) {
        RoomTraits traits = host.rooms().traits(room);
        return traits != null && traits.logged();
    }

    /** What its owner does not want to be kept is not kept by us either. */
    private void log(JID room, Message message) {
        if (isLogged(room)) {
            host.roomArchive().append(room, message);
        }
    }

    /** An owner's words are not a mere moderator's to take back. */
    private boolean isProtected(JID room, JID author, Actor by) {
        return author != null
                && by.jid() != null
                && host.rooms().affiliation(room, author) == Affiliation.OWNER
                && host.rooms().affiliation(room, by.jid()) != Affiliation.OWNER
                && !host.users().isAdmin(by.jid());
    }

    /** Who said it when nobody remembers, if it was an owner: told by the occupant-id; else null. */
    private JID ownerWhoSaid(JID room, Message live) {
        Element id = live == null ? null : live.getElement().element("occupant-id");
        return id == null
                ? null
                : host.rooms().affiliated(room, Affiliation.OWNER).stream()
                        .filter(owner -> ids.occupantId(room, owner).equals(id.attributeValue("id")))
                        .findFirst()
                        .orElse(null);
    }

    private JID roomJid(JID room, JID moderator) {
        return host.rooms().occupants(room).stream()
                .filter(occupant -> occupant.realJid().asBareJID().equals(moderator.asBareJID()))
                .map(Occupant::roomJid)
                .findFirst()
                .orElse(null);
    }

    private static String nickname(Message live, Optional<Logged> row) {
        if (live != null && live.getFrom() != null && live.getFrom().getResource() != null) {
            return live.getFrom().getResource();
        }
        return row.map(Logged::nickname).orElse("");
    }

    private void audit(String action, Retraction retraction, Actor by) {
        audit.record(new AuditEvent(
                clock.instant(),
                "moderation",
                by.name(),
                action,
                retraction.room().toString(),
                null,
                0,
                Mode.ENFORCE,
                "{\"retraction\":\"" + retraction.id() + "\",\"reference\":\"" + retraction.reference() + "\"}"));
    }
}
