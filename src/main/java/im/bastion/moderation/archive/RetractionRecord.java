// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import com.google.gson.JsonObject;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.rule.Scopes;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records;
import java.time.Instant;
import org.xmpp.packet.JID;

/**
 * A retraction as it is kept.
 *
 * @param sealedRow the original as it was in the database, sealed; empty when it was not there yet
 * @param sealedLive the original as it was in the live history, sealed; empty when it was not there
 * @param announcement what tells everybody, as XML; tombstones refer to it
 * @param announced whether everybody has been told; until then trying again goes on where it stopped
 * @param pending whether the row in the database is still to be rewritten
 * @param expires when the sealed originals go
 */
record RetractionRecord(
        Retraction shown,
        String sealedRow,
        String sealedLive,
        String announcement,
        boolean announced,
        boolean pending,
        Instant expires) {
    static final String KIND = "retraction";
    private static final int ID_DIGITS = 16;

    /** The same for the same message, so that retracting twice is retracting once. */
    static String id(JID room, String stanzaId) {
        return Scopes.of(room.toBareJID() + '\0' + stanzaId).substring(0, ID_DIGITS);
    }

    static String scope(JID room) {
        return Scopes.of(room);
    }

    Records.Row row() {
        JsonObject body = new JsonObject();
        body.addProperty("room", shown.room().toString());
        body.addProperty("stanzaId", shown.stanzaId());
        body.addProperty("author", shown.author() == null ? "" : shown.author().toString());
        body.addProperty("nickname", shown.nickname());
        body.addProperty("saidAt", shown.saidAt().toEpochMilli());
        body.addProperty("by", shown.by());
        body.addProperty("reason", shown.reason());
        body.addProperty("reference", shown.reference());
        body.addProperty("undone", shown.undone());
        body.addProperty("sealedRow", sealedRow);
        body.addProperty("sealedLive", sealedLive);
        body.addProperty("announcement", announcement);
        body.addProperty("announced", announced);
        body.addProperty("pending", pending);
        long at = shown.retractedAt().toEpochMilli();
        return new Records.Row(KIND, shown.id(), scope(shown.room()), at, expires.toEpochMilli(), body.toString());
    }

    static RetractionRecord of(Records.Row row) {
        JsonObject body = PolicyBody.parse(row.body());
        String author = body.get("author").getAsString();
        String sealedRow = body.get("sealedRow").getAsString();
        String sealedLive = body.get("sealedLive").getAsString();
        Retraction shown = new Retraction(
                row.id(),
                new JID(body.get("room").getAsString()),
                body.get("stanzaId").getAsString(),
                author.isEmpty() ? null : new JID(author),
                body.get("nickname").getAsString(),
                Instant.ofEpochMilli(body.get("saidAt").getAsLong()),
                Instant.ofEpochMilli(row.at()),
                body.get("by").getAsString(),
                body.get("reason").getAsString(),
                body.get("reference").getAsString(),
                !sealedRow.isEmpty() || !sealedLive.isEmpty(),
                body.get("undone").getAsBoolean());
        return new RetractionRecord(
                shown,
                sealedRow,
                sealedLive,
                body.get("announcement").getAsString(),
                body.get("announced").getAsBoolean(),
                body.get("pending").getAsBoolean(),
                Instant.ofEpochMilli(row.expiresAt()));
    }

    RetractionRecord keeping(String row, String live) {
        return new RetractionRecord(
                shown,
                sealedRow.isEmpty() ? row : sealedRow,
                sealedLive.isEmpty() ? live : sealedLive,
                announcement,
                announced,
                pending,
                expires);
    }

    RetractionRecord told() {
        return new RetractionRecord(shown, sealedRow, sealedLive, announcement, true, pending, expires);
    }

    RetractionRecord settled() {
        return new RetractionRecord(shown, sealedRow, sealedLive, announcement, announced, false, expires);
    }

    RetractionRecord undone() {
        Retraction now = new Retraction(
                shown.id(),
                shown.room(),
                shown.stanzaId(),
                shown.author(),
                shown.nickname(),
                shown.saidAt(),
                shown.retractedAt(),
                shown.by(),
                shown.reason(),
                shown.reference(),
                shown.restorable(),
                true);
        return new RetractionRecord(now, sealedRow, sealedLive, announcement, announced, false, expires);
    }
}
