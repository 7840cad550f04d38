// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.command.Replies;
import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.Role;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Outcome;
import im.bastion.moderation.request.RoomResponder;
import im.bastion.policy.Verdict;
import java.util.HashSet;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * Moderators' requests to retract a message (XEP-0425 0.3, namespace :1, and 0.2, namespace :0). Who asks is an occupant
 * with the role of a moderator, an owner or admin of the room, inside or not, or an administrator of the server.
 */
public final class ModerationRequests implements RoomResponder {
    private static final int MAX_ID_CHARS = 256;

    private final Host host;
    private final Retractions retractions;
    private final Set<String> features;

    public ModerationRequests(Host host, Retractions retractions, RoomIds ids) {
        this.host = host;
        this.retractions = retractions;
        Set<String> all = new HashSet<>(ids.features());
        all.add(RoomIds.MODERATED);
        all.add(RoomIds.MODERATED_0);
        all.add(RoomIds.RETRACT);
        all.add(RoomIds.RETRACT + "#tombstone");
        this.features = Set.copyOf(all);
    }

    /** What is asked for; the id is empty when it is missing or too long. */
    private record Wish(String stanzaId, String reason) {}

    @Override
    public Verdict answer(IQ request, JID sender, JID room) {
        Element child = request.getChildElement();
        Wish wish = request.getType() == IQ.Type.set && room.getNode() != null ? wish(child) : null;
        if (wish == null) {
            return null;
        }
        if (!isModerator(room, sender)) {
            return Replies.refuse(request, "forbidden", "auth", "Only moderators of this room may retract messages.");
        }
        if (wish.stanzaId().isEmpty()) {
            return Replies.refuse(
                    request,
                    "bad-request",
                    "modify",
                    "\"id\" must be the stanza-id that this room gave the message, 1 to " + MAX_ID_CHARS
                            + " characters.");
        }
        Actor by = new Actor(sender.asBareJID(), sender.toBareJID(), "");
        retractions.retract(room, wish.stanzaId(), by, wish.reason(), (outcome, made) -> host.stanzas()
                .send(reply(request, sender, outcome)));
        return Verdict.SWALLOW;
    }

    @Override
    public Set<String> features() {
        return features;
    }

    private static IQ reply(IQ request, JID sender, Outcome outcome) {
        IQ reply =
                switch (outcome) {
                    case DONE, ALREADY -> IQ.createResultIQ(request);
                    case UNKNOWN ->
                        Replies.error(request, "item-not-found", "cancel", "This room knows no message of that id.");
                    case PROTECTED ->
                        Replies.error(request, "forbidden", "auth", "An owner's messages are the owners' to retract.");
                    case BUSY ->
                        Replies.error(
                                request, "resource-constraint", "wait", "Too much is to be retracted. Try later.");
                    case FAILED ->
                        Replies.error(
                                request, "internal-server-error", "wait", "It could not be done now. Try again later.");
                };
        reply.setTo(sender);
        return reply;
    }

    private static Wish wish(Element child) {
        if (child == null) {
            return null;
        }
        if (child.getName().equals("moderate") && child.getNamespaceURI().equals(RoomIds.MODERATED)) {
            return child.element("retract") == null ? null : new Wish(id(child), reason(child));
        }
        if (child.getName().equals("apply-to") && child.getNamespaceURI().equals(RoomIds.FASTEN)) {
            Element moderate = child.element("moderate");
            return moderate == null
                            || !moderate.getNamespaceURI().equals(RoomIds.MODERATED_0)
                            || moderate.element("retract") == null
                    ? null
                    : new Wish(id(child), reason(moderate));
        }
        return null;
    }

    private static String id(Element element) {
        String id = element.attributeValue("id", "").strip();
        return id.length() > MAX_ID_CHARS ? "" : id;
    }

    private static String reason(Element parent) {
        Element reason = parent.element("reason");
        return reason == null ? "" : reason.getText().strip();
    }

    private boolean isModerator(JID room, JID sender) {
        Affiliation affiliation = host.rooms().affiliation(room, sender);
        return affiliation == Affiliation.OWNER
                || affiliation == Affiliation.ADMIN
                || host.rooms().occupants(room, sender).stream().anyMatch(occupant -> occupant.role() == Role.MODERATOR)
                || host.users().isAdmin(sender);
    }
}
