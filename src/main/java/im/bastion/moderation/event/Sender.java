// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.moderation.event.RoomEvent.Kind;
import java.util.List;
import org.xmpp.packet.JID;

/** Who is behind an event. Asks the server only when somebody wants to know; of one thread, for one event. */
public final class Sender {
    private final Senders known;
    private final RoomEvent event;
    private JID bareJid;
    private Affiliation affiliation;
    private List<Occupant> occupancies;
    private Boolean exempt;

    Sender(Senders known, RoomEvent event) {
        this.known = known;
        this.event = event;
    }

    /** The full JID. */
    public JID realJid() {
        return event.sender();
    }

    /** The account. */
    public JID bareJid() {
        if (bareJid == null) {
            bareJid = event.sender().asBareJID();
        }
        return bareJid;
    }

    /** Whether the account is of this server. */
    public boolean isLocal() {
        return event.sender().getDomain().equals(known.domain());
    }

    /** The affiliation with the event's room. */
    public Affiliation affiliation() {
        if (affiliation == null) {
            affiliation = known.rooms().affiliation(event.room(), event.sender());
        }
        return affiliation;
    }

    /** The role in the event's room; NONE when not inside. */
    public Role role() {
        return occupancies().isEmpty() ? Role.NONE : occupancies().get(0).role();
    }

    /** The nickname in the event's room; empty when not inside. */
    public String nickname() {
        return occupancies().isEmpty() ? "" : occupancies().get(0).roomJid().getResource();
    }

    /** Whether the sender is inside the room. */
    public boolean isInside() {
        return !occupancies().isEmpty();
    }

    /** Whether the event is a join that makes a room: there is none of that name. */
    public boolean makesRoom() {
        return event.kind() == Kind.JOIN && !known.rooms().exists(event.room());
    }

    /** How long ago, in milliseconds, the sender was first seen in the room; 0 for somebody new. */
    public long knownForMillis() {
        return known.acquaintances().knownForMillis(event.room(), bareJid(), event.atMillis());
    }

    /** Whether nothing may ever be done against the sender: owner, admin or moderator here, administrator of the server. */
    public boolean isExempt() {
        if (exempt == null) {
            exempt = switch (affiliation()) {
                case OWNER, ADMIN -> true;
                case MEMBER, NONE, OUTCAST ->
                    role() == Role.MODERATOR || known.users().isAdmin(event.sender());
            };
        }
        return exempt;
    }

    private List<Occupant> occupancies() {
        if (occupancies == null) {
            occupancies = known.rooms().occupants(event.room(), event.sender());
        }
        return occupancies;
    }
}
