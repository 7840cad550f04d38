// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xmpp.packet.JID;

/**
 * The rooms a rule is for: the field "rooms", a list of up to 1,000 of "*" (every room), "*@service" (every room of that
 * service) and room JIDs; every room when absent.
 *
 * @param everywhere whether "*" is among them
 * @param services the domains of services
 * @param rooms bare JIDs
 */
record RoomScope(boolean everywhere, Set<String> services, Set<JID> rooms) {
    private static final String FIELD = "rooms";
    private static final String EVERY = "*";
    private static final String EVERY_OF = "*@";
    private static final int MAX_ENTRIES = 1_000;
    /** RFC 7622 §3.1: two parts of 1023 octets and an at sign. */
    private static final int MAX_CHARS = 2_047;

    static RoomScope read(JsonObject definition) throws BrokenDefinition {
        if (!definition.has(FIELD)) {
            return new RoomScope(true, Set.of(), Set.of());
        }
        List<String> entries = Texts.required(definition, FIELD, MAX_ENTRIES, MAX_CHARS);
        Set<String> services = new HashSet<>();
        Set<JID> rooms = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            if (entry.startsWith(EVERY_OF)) {
                services.add(jid(entry.substring(EVERY_OF.length()), i, false).getDomain());
            } else if (!entry.equals(EVERY)) {
                rooms.add(jid(entry, i, true));
            }
        }
        return new RoomScope(entries.contains(EVERY), Set.copyOf(services), Set.copyOf(rooms));
    }

    boolean covers(JID room) {
        return everywhere || rooms.contains(room) || services.contains(room.getDomain());
    }

    private static JID jid(String text, int index, boolean ofRoom) throws BrokenDefinition {
        try {
            JID jid = new JID(text);
            if ((jid.getNode() != null) == ofRoom && jid.getResource() == null) {
                return jid;
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for a JID of another form.
        }
        throw new BrokenDefinition(
                FIELD + "[" + index + "]",
                "\"*\", \"*@service.example\" or a room's JID such as \"room@service.example\"");
    }
}
