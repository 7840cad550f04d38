// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.gate.Passage;
import im.bastion.moderation.request.RoomDisco;
import im.bastion.moderation.request.RoomResponder;
import im.bastion.policy.Verdict;
import java.util.List;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Hands requests to rooms to who speaks for them in the matter, and lets them amend what rooms answer. */
final class RoomDesk {
    private final List<RoomResponder> responders;
    private final RoomDisco disco;

    RoomDesk(List<RoomResponder> responders) {
        this.responders = responders;
        this.disco = new RoomDisco(responders);
    }

    /** Answers a request to a room or a service; null when it is the host's to answer. */
    Verdict answer(IQ request, JID sender, JID room) {
        for (RoomResponder responder : responders) {
            Verdict verdict = responder.answer(request, sender, room);
            if (verdict != null) {
                return verdict;
            }
        }
        return null;
    }

    /** Amends a room's result on its way out, in place. */
    void amend(Passage passage) {
        IQ result = (IQ) passage.stanza();
        JID room = passage.from();
        if (room == null || room.getResource() != null || result.getType() != IQ.Type.result) {
            return;
        }
        disco.amend(result, room);
        for (RoomResponder responder : responders) {
            responder.amend(result, room, passage.to());
        }
    }
}
