// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.xmpp.packet.JID;

/**
 * Takes messages back after they were delivered, and gives them back (XEP-0424, XEP-0425). Does its work on a thread of
 * its own; every method returns at once unless it says otherwise.
 */
public interface Retractions {
    /**
     * Who wants it.
     *
     * @param jid the moderator's bare JID, or null for Bastion itself
     * @param name for the audit: a bare JID, a console user, or "bastion"
     * @param reference of the case it belongs to; empty for none
     */
    record Actor(JID jid, String name, String reference) {}

    /** What became of one retraction. */
    enum Outcome {
        DONE,
        /** It was retracted before; nothing was announced again. */
        ALREADY,
        /** No message of that id in that room is known. */
        UNKNOWN,
        /** The author is an owner of the room and who asks is not, nor an administrator of the server. */
        PROTECTED,
        /** The host or its database refused; some of it may have been done, and trying again does no harm. */
        FAILED,
        /** Too much is waiting already. */
        BUSY
    }

    /**
     * A retraction that happened.
     *
     * @param id for {@link #undo}, as people write it
     * @param author the real bare JID
     * @param by the audit's name of who did it
     * @param restorable whether the sealed original is still there
     * @param undone whether it has been undone
     */
    record Retraction(
            String id,
            JID room,
            String stanzaId,
            JID author,
            String nickname,
            Instant saidAt,
            Instant retractedAt,
            String by,
            String reason,
            String reference,
            boolean restorable,
            boolean undone) {
        /** Times are kept in milliseconds: what was read back must be equal. */
        public Retraction {
            saidAt = saidAt.truncatedTo(ChronoUnit.MILLIS);
            retractedAt = retractedAt.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Told once it is done, on the worker's thread. */
    @FunctionalInterface
    interface Done {
        void told(Outcome outcome, List<Retraction> retractions);
    }

    /** Retracts one message by the id the room gave it. */
    void retract(JID room, String stanzaId, Actor by, String reason, Done done);

    /** Retracts what this account has said in the room since then; nobody else's messages. */
    void retractAll(JID room, JID author, Instant since, Actor by, String reason, Done done);

    /** Retracts events that were let through, in whichever rooms; those not known any more are left out. */
    void retractPassed(List<Long> eventKeys, Actor by, String reason, Done done);

    /** Puts the original back, byte for byte, into live history and database, and tells the room. */
    void undo(String retractionId, Actor by, Done done);

    /** The latest retractions, newest first, of one room or (null) of all; waits for the database. */
    List<Retraction> latest(JID room, Instant before, int max);

    /** One of them; waits for the database. */
    Optional<Retraction> find(String retractionId);
}
