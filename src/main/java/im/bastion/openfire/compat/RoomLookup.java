// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import java.util.Collection;
import java.util.List;
import org.jivesoftware.openfire.muc.MultiUserChatService;

/**
 * Finds the rooms of a service. A room is a plain object here, to be handed to the other Room classes.
 *
 * <p>COMPAT(openfire<4.7): {@code MUCRoom} is an interface, from then on a class: code that names it links on one side only.
 *
 * <p>COMPAT(openfire<4.7): there is no {@code getAllRoomNames}, which also knows rooms that are in the database only;
 * {@code getChatRooms} has those in memory, which {@code getActiveChatRooms} has later.
 */
public final class RoomLookup {
    private static final String GUARD = "moderation";

    private final RoomMember byName;
    private final RoomMember allNames;
    private final RoomMember inMemory;
    private final RoomMember name;

    public RoomLookup(Probe probe) {
        Class<?> service = MultiUserChatService.class;
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        byName = new RoomMember(
                "getChatRoom", probe.method("muc.room", GUARD, service, "getChatRoom", Probe.takes(String.class)));
        allNames = new RoomMember("getAllRoomNames", probe.quietly(service, "getAllRoomNames", Probe.takes()));
        RoomMember active =
                new RoomMember("getActiveChatRooms", probe.quietly(service, "getActiveChatRooms", Probe.takes()));
        inMemory = active.isPresent()
                ? active
                : new RoomMember("getChatRooms", probe.quietly(service, "getChatRooms", Probe.takes()));
        name = new RoomMember("getName", probe.quietly(room, "getName", Probe.takes()));
        if (inMemory.isPresent() && name.isPresent()) {
            probe.present("muc.room-names", GUARD, allNames.isPresent() ? "getAllRoomNames" : "getChatRooms");
        } else {
            probe.missing("muc.room-names", GUARD, "MultiUserChatService.getActiveChatRooms");
        }
    }

    /** The room of that name, or null. A room that is not in memory is looked for in the database. */
    public Object room(MultiUserChatService service, String roomName) {
        return byName.of(service, roomName);
    }

    /** The names of all rooms of the service. */
    public List<String> names(MultiUserChatService service) {
        if (allNames.isPresent()) {
            return ((Collection<?>) allNames.of(service))
                    .stream().map(String.class::cast).toList();
        }
        return loaded(service);
    }

    /** The names of the rooms in memory. */
    public List<String> loaded(MultiUserChatService service) {
        return ((Collection<?>) inMemory.of(service))
                .stream().map(name::of).map(String.class::cast).toList();
    }
}
