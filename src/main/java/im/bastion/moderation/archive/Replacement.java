// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.host.RoomArchive;
import im.bastion.host.RoomArchive.Logged;
import im.bastion.host.StanzaXml;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Puts tombstones in the place of messages, and the messages back; the sealed originals are kept first. */
final class Replacement {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final RoomArchive archive;
    private final Originals originals;
    private final Evidence evidence;
    private final Records records;

    Replacement(RoomArchive archive, Originals originals, Evidence evidence, Records records) {
        this.archive = archive;
        this.originals = originals;
        this.evidence = evidence;
        this.records = records;
    }

    /** What tells everybody. */
    static Message announcement(RetractionRecord record) {
        return new Message(StanzaXml.parse(record.announcement()), true);
    }

    /** The record after the message was replaced wherever it is; still pending when the database does not have it yet. */
    RetractionRecord replaced(RetractionRecord before, Optional<Logged> row) throws SQLException {
        Retraction shown = before.shown();
        JID room = shown.room();
        Message announcement = announcement(before);
        RetractionRecord record = before.keeping(
                row.map(Logged::message).map(evidence::sealed).orElse(""),
                evidence.sealed(originals.live(room, shown.stanzaId())));
        // First, so that nothing is ever gone without its original being kept.
        records.put(List.of(record.row()));
        int replaced = archive.rewriteLive(
                room,
                message -> !RetractionXml.isTombstone(message) && Originals.isOf(message, room, shown.stanzaId())
                        ? RetractionXml.tombstone(message, room, announcement, shown.retractedAt())
                        : message);
        LOG.debug("{} messages of the live history replaced", replaced);
        if (row.isEmpty()) {
            return record;
        }
        if (!RetractionXml.isTombstone(row.get().message())) {
            boolean unused = archive.rewrite(
                    row.get(), RetractionXml.tombstone(row.get().message(), room, announcement, shown.retractedAt()));
        }
        return record.settled();
    }

    /** Puts the original back wherever its tombstone is; false when it cannot be read any more. */
    boolean restored(RetractionRecord record) {
        Retraction shown = record.shown();
        JID room = shown.room();
        Message live = evidence.unsealed(record.sealedLive());
        Message row = evidence.unsealed(record.sealedRow());
        if (live == null && row == null) {
            return false;
        }
        if (live != null) {
            int replaced = archive.rewriteLive(
                    room,
                    message -> RetractionXml.isTombstone(message) && Originals.isOf(message, room, shown.stanzaId())
                            ? live
                            : message);
            LOG.debug("{} messages of the live history restored", replaced);
        }
        if (row != null) {
            originals.row(room, shown.stanzaId(), shown.saidAt()).ifPresent(found -> {
                boolean unused = archive.rewrite(found, row);
            });
        }
        return true;
    }
}
