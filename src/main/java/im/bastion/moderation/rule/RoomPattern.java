// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xmpp.packet.JID;

/**
 * Which rooms: any of "*" (every room), "*@service" (every room of that service), "prefix*@service" (rooms whose name
 * begins so) and room JIDs; every room when nothing is named.
 *
 * @param everywhere whether "*" is among them
 * @param services the domains of services
 * @param prefixes "service NUL prefix"
 * @param rooms bare JIDs
 */
public record RoomPattern(boolean everywhere, Set<String> services, List<Prefix> prefixes, Set<JID> rooms) {
    /** Rooms of a service whose name begins so. */
    public record Prefix(String service, String name) {}

    /** At most this many entries. */
    public static final int MAX_ENTRIES = 1_000;
    /** RFC 7622 §3.1: two parts of 1023 octets and an at sign. */
    public static final int MAX_CHARS = 2_047;

    /** Every room. */
    public static final RoomPattern EVERY = new RoomPattern(true, Set.of(), List.of(), Set.of());

    static RoomPattern read(Definition definition, String field, List<String> entries) throws BrokenDefinition {
        if (entries.isEmpty() || entries.contains("*")) {
            return EVERY;
        }
        Set<String> services = new HashSet<>();
        Set<Prefix> prefixes = new HashSet<>();
        Set<JID> rooms = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            int star = entry.indexOf("*@");
            if (star < 0) {
                rooms.add(jid(definition, field, entry, i, true));
            } else {
                String service = jid(definition, field, entry.substring(star + 2), i, false)
                        .getDomain();
                if (star == 0) {
                    services.add(service);
                } else {
                    String name = jid(definition, field, entry.substring(0, star) + "@" + service, i, true)
                            .getNode();
                    prefixes.add(new Prefix(service, name));
                }
            }
        }
        return new RoomPattern(false, Set.copyOf(services), List.copyOf(prefixes), Set.copyOf(rooms));
    }

    /** Whether the room's bare JID is one of them. */
    public boolean covers(JID room) {
        if (everywhere || services.contains(room.getDomain()) || rooms.contains(room)) {
            return true;
        }
        for (Prefix prefix : prefixes) {
            if (prefix.service().equals(room.getDomain()) && room.getNode().startsWith(prefix.name())) {
                return true;
            }
        }
        return false;
    }

    /** How closely the room's bare JID is meant: 3 by its name, 2 by a part of it, 1 by its service, 0 as any, -1 not at all. */
    public int closeness(JID room) {
        if (rooms.contains(room)) {
            return 3;
        }
        if (prefixes.stream()
                .anyMatch(prefix -> prefix.service().equals(room.getDomain())
                        && room.getNode().startsWith(prefix.name()))) {
            return 2;
        }
        return services.contains(room.getDomain()) ? 1 : everywhere ? 0 : -1;
    }

    private static JID jid(Definition definition, String field, String text, int index, boolean ofRoom)
            throws BrokenDefinition {
        try {
            JID jid = new JID(text);
            if ((jid.getNode() != null) == ofRoom && jid.getResource() == null) {
                return jid;
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for a JID of another form.
        }
        throw definition.broken(
                field + "[" + index + "]",
                "\"*\", \"*@service.example\", \"prefix*@service.example\" or a room's JID such as"
                        + " \"room@service.example\"");
    }
}
