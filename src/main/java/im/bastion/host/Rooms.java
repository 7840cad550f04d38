// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.util.List;
import java.util.Set;
import org.xmpp.packet.JID;

/** Group chat rooms (XEP-0045) of this server, to be looked at. */
public interface Rooms {
    /** The domains of the group chat services, a snapshot that changes rarely and may be read on every stanza. */
    Set<String> serviceDomains();

    /** Whether the room exists here. */
    boolean exists(JID room);

    /** The affiliation of this user with the room, in the room or not; NONE when the room does not exist. */
    Affiliation affiliation(JID room, JID user);

    /** The occupancies of this full JID in the room; empty when it is not inside. */
    List<Occupant> occupants(JID room, JID fullJid);

    /** Everybody who is in the room; empty when it does not exist. */
    List<Occupant> occupants(JID room);

    /** The bare JIDs with that affiliation, in the room or not; empty when the room does not exist. */
    List<JID> affiliated(JID room, Affiliation affiliation);

    /** How the room is configured, or null when it does not exist. */
    RoomTraits traits(JID room);

    /** Whether the host itself gives each message of a room a stanza-id (XEP-0359). */
    boolean givesStanzaIds();

    /** The occupant-id (XEP-0421) that the host gives the person in the room; null when it gives none. */
    String occupantId(JID room, JID person);

    /** The rooms in the host's memory as bare JIDs: all that somebody is in, and perhaps more. Asks no database. */
    List<JID> loaded();

    /** The existing rooms of all services as bare JIDs. May ask the database: not for the stanza path. */
    List<JID> all();
}
