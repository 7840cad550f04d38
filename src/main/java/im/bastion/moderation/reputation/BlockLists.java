// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import java.time.Instant;
import java.util.List;
import org.xmpp.packet.JID;

/** The lists of people and domains that others, and we, do not want in rooms. */
public interface BlockLists {
    /**
     * A list as it stands.
     *
     * @param name the rule that subscribes to it
     * @param trust 1 to 100
     * @param enforced whether that rule acts, or only observes
     * @param entries how many
     * @param updatedAt when it last answered; null when it never did
     * @param problem what is wrong with it now, in words; empty when nothing is
     */
    record Source(
            String name,
            JID service,
            String node,
            int trust,
            boolean enforced,
            int entries,
            Instant updatedAt,
            String problem) {}

    /**
     * An entry of our own, which always wins over the lists of others.
     *
     * @param subject a bare JID or a domain
     * @param blocked false to let somebody in whatever others say
     */
    record LocalEntry(String subject, boolean blocked, String reason, String by, Instant at) {}

    /** The sources, in their order. */
    List<Source> sources();

    /** Our own entries; waits for the database. */
    List<LocalEntry> localEntries();

    /**
     * Adds an entry of our own, and publishes it where our list is published; waits for the database.
     *
     * @throws IllegalArgumentException when the subject is neither a bare JID nor a domain
     */
    void addLocal(String subject, boolean blocked, String reason, String by);

    /** Takes it away again; false when there was none. Waits for the database. */
    boolean removeLocal(String subject, String by);

    /** Asks every source anew, soon. */
    void refresh();
}
