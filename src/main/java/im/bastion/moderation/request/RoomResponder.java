// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.request;

import im.bastion.policy.Verdict;
import java.util.Set;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Speaks for rooms in one matter. Called on the server's own threads: what takes time goes elsewhere. */
public interface RoomResponder {
    /**
     * Answers a request (IQ get or set) to a room or a room service.
     *
     * @param sender the real full JID
     * @param room the room's bare JID, or the service's domain
     * @return {@link Verdict#answer} now, {@link Verdict#SWALLOW} when the answer is sent later, {@link Verdict#PASS} when
     *     the host should answer what was perhaps changed in place, or null when it is none of this one's business
     */
    Verdict answer(IQ request, JID sender, JID room);

    /** Features (XEP-0030) that every room and the service announce because of this one. */
    default Set<String> features() {
        return Set.of();
    }

    /**
     * May change a result on its way from a room to whoever asked, for example a form.
     *
     * @param receiver the real full JID
     */
    default void amend(IQ result, JID room, JID receiver) {}
}
