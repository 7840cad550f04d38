// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;
import org.xmpp.packet.JID;

/**
 * Something for a person to look at: what a rule did, or what somebody reported.
 *
 * @param reference as people tell each other, for example "7F3K-9QXT"
 * @param room null for a report about no room
 * @param person whom it is about, a bare JID; null when only the room is reported
 * @param nickname of that person then
 * @param rule what decided; null for a report
 * @param mode ENFORCE when something was done, OBSERVE when it would have been
 * @param count how many events of the same person, room and rule it stands for
 * @param summary in plain words, without the text of the message
 * @param excerpt what was said, unsealed for the reader; empty once the evidence has expired or was never kept
 * @param stanzaId the reported message's, or empty
 * @param appeal what the person says against it; empty when nothing
 * @param resolvedBy who closed it; empty while it is open
 */
public record Case(
        String reference,
        Kind kind,
        State state,
        JID room,
        JID person,
        String nickname,
        RuleId rule,
        int ruleVersion,
        Mode mode,
        int count,
        Instant openedAt,
        Instant lastAt,
        String summary,
        String excerpt,
        String stanzaId,
        String appeal,
        String resolvedBy) {
    /** What it came from. */
    public enum Kind {
        /** A rule acted, or would have. */
        RULE,
        /** Users reported. */
        REPORT,
        /** A wave was seen. */
        WAVE
    }

    /** Where it stands. */
    public enum State {
        /** Nobody asked for anything: the rule acted and that was that. */
        FILED,
        /** Somebody should look: a report, an appeal, a rule that asks for it. */
        OPEN,
        /** A person has decided that it was right. */
        UPHELD,
        /** A person has decided that it was wrong: what followed was undone. */
        OVERTURNED
    }

    /** The same case, counted up. */
    Case again(Instant at) {
        return new Case(
                reference,
                kind,
                state,
                room,
                person,
                nickname,
                rule,
                ruleVersion,
                mode,
                count + 1,
                openedAt,
                at,
                summary,
                excerpt,
                stanzaId,
                appeal,
                resolvedBy);
    }

    /** The same case in another state. */
    Case in(State next, String by, Instant at) {
        return new Case(
                reference,
                kind,
                next,
                room,
                person,
                nickname,
                rule,
                ruleVersion,
                mode,
                count,
                openedAt,
                at,
                summary,
                excerpt,
                stanzaId,
                appeal,
                by);
    }

    /** The same case, appealed. */
    Case appealed(String words, Instant at) {
        return new Case(
                reference,
                kind,
                State.OPEN,
                room,
                person,
                nickname,
                rule,
                ruleVersion,
                mode,
                count,
                openedAt,
                at,
                summary,
                excerpt,
                stanzaId,
                words,
                "");
    }
}
