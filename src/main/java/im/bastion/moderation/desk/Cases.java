// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.moderation.desk.Case.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.xmpp.packet.JID;

/** The cases, kept in the database. Methods wait for it; not for the stanza path. */
public interface Cases {
    /** The case of that reference, in any spelling people use (lower case, without hyphen). */
    Optional<Case> find(String reference);

    /** Cases, newest first, of one room or (null) of all, in one state or (null) in any. */
    List<Case> latest(JID room, State state, Instant before, int max);

    /** How many are open. */
    int open();

    /** A person's decision; OVERTURNED undoes what followed from the case. False when there is no such case. */
    boolean resolve(String reference, State decision, String by);

    /** The person concerned says something against it; at most 1,000 characters are kept. False when it is not theirs. */
    boolean appeal(String reference, JID person, String words);
}
