// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Hands messages to Openfire's own log of rooms, which writes them some time later.
 *
 * <p>COMPAT(openfire<4.7): {@code MUCRoom} is an interface, from then on a class.
 */
public final class RoomLogging {
    private final RoomMember id;
    private final RoomMember log;

    public RoomLogging(Probe probe) {
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        id = new RoomMember("getID", probe.method("muc.id", "moderation", room, "getID", Probe.takes()));
        log = new RoomMember(
                "logConversation",
                probe.method(
                        "muc.log",
                        "moderation",
                        MultiUserChatService.class,
                        "logConversation",
                        Probe.takesNamed("MUCRoom", "Message", "JID")));
    }

    /** What names the room in the database. */
    public long id(Object room) {
        return (long) id.of(room);
    }

    /** Logs a message with a body; others are ignored by the host. */
    public void log(MultiUserChatService service, Object room, Message message, JID sender) {
        Object unused = log.with(service, room, message, sender);
    }
}
