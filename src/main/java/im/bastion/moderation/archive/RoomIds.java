// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.host.Properties;
import im.bastion.host.Rooms;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * What a room owes its occupants about ids: nobody else's word is taken for the room's, every message has a stanza-id
 * (XEP-0359), every message and presence an occupant-id (XEP-0421). Supplies what the host lacks; safe for any thread.
 */
public final class RoomIds {
    /** XEP-0359. */
    public static final String STANZA_ID = "urn:xmpp:sid:0";
    /** XEP-0421. */
    public static final String OCCUPANT_ID = "urn:xmpp:occupant-id:0";

    static final String MODERATED = "urn:xmpp:message-moderate:1";
    static final String MODERATED_0 = "urn:xmpp:message-moderate:0";
    static final String RETRACT = "urn:xmpp:message-retract:1";
    static final String FASTEN = "urn:xmpp:fasten:0";

    private static final String KEY = "plugin.bastion.moderation.occupant-password-secret";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    private static final String RETRACT_0 = "urn:xmpp:message-retract:0";
    private static final Set<String> DELAYS = Set.of("urn:xmpp:delay", "jabber:x:delay");
    private static final Set<String> ROOMS_WORD = Set.of(MODERATED, MODERATED_0);

    /** How many occupant-ids are remembered; then all are made anew. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Rooms rooms;
    private final SecretKeySpec secret;
    private final Map<String, String> own = new ConcurrentHashMap<>();

    /** @param rooms tell which ids they give themselves */
    public RoomIds(Properties properties, Rooms rooms) {
        this.rooms = rooms;
        this.secret = new SecretKeySpec(Secret.of(properties, KEY), "HmacSHA256");
    }

    /** Features to announce, whoever supplies what they promise. */
    public Set<String> features() {
        return Set.of(STANZA_ID, OCCUPANT_ID);
    }

    /** Makes the ids of a stanza on its way to a room right, in place. */
    public void stamp(Packet stanza, JID room, JID sender) {
        Element element = stanza.getElement();
        String bareRoom = room.toBareJID();
        strip(element, bareRoom);
        if (stanza instanceof Message && !rooms.givesStanzaIds()) {
            element.addElement("stanza-id", STANZA_ID)
                    .addAttribute("id", UUID.randomUUID().toString())
                    .addAttribute("by", bareRoom);
        }
        if (rooms.occupantId(room, sender) == null) {
            element.addElement("occupant-id", OCCUPANT_ID).addAttribute("id", ownOccupantId(room, sender));
        }
    }

    /** The same for a person in a room for ever, another in every room, and nothing of the person can be read from it. */
    public String occupantId(JID room, JID person) {
        String hosts = rooms.occupantId(room, person);
        return hosts == null ? ownOccupantId(room, person) : hosts;
    }

    private String ownOccupantId(JID room, JID person) {
        if (own.size() >= MAX_REMEMBERED) {
            own.clear();
        }
        return own.computeIfAbsent(room.toBareJID() + '\0' + person.toBareJID(), this::hmac);
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has HMAC-SHA256", e);
        }
    }

    /** The id that the room gave the message; empty when it gave none. */
    public static String stanzaId(Element message, String bareRoom) {
        for (Iterator<?> children = message.elementIterator("stanza-id"); children.hasNext(); ) {
            Element child = (Element) children.next();
            if (child.getNamespaceURI().equals(STANZA_ID) && bareRoom.equals(child.attributeValue("by"))) {
                return child.attributeValue("id", "");
            }
        }
        return "";
    }

    private static void strip(Element stanza, String bareRoom) {
        List<Element> forged = null;
        for (Iterator<?> children = stanza.elementIterator(); children.hasNext(); ) {
            Element child = (Element) children.next();
            if (isRoomsWord(child, bareRoom)) {
                forged = forged == null ? new ArrayList<>() : forged;
                forged.add(child);
            }
        }
        if (forged != null) {
            forged.forEach(stanza::remove);
        }
    }

    /** Whether only the room itself may say this. */
    private static boolean isRoomsWord(Element child, String bareRoom) {
        String namespace = child.getNamespaceURI();
        return switch (child.getName()) {
            case "occupant-id" -> namespace.equals(OCCUPANT_ID);
            case "stanza-id" -> namespace.equals(STANZA_ID) && isSame(child.attributeValue("by"), bareRoom);
            case "moderated" -> ROOMS_WORD.contains(namespace);
            case "retracted" -> namespace.equals(RETRACT) || namespace.equals(RETRACT_0);
            // What the room itself replays (XEP-0203 §4, XEP-0091): whoever delayed it says so, or it is taken for the
            // room.
            case "delay" -> DELAYS.contains(namespace) && isRoomsOrNobodys(child.attributeValue("from"), bareRoom);
            case "x" ->
                (DELAYS.contains(namespace) && isRoomsOrNobodys(child.attributeValue("from"), bareRoom))
                        || (namespace.equals(MUC_USER) && isRoomsNews(child));
            // XEP-0317 §4: who wears which is the room's to say.
            case "hats" -> namespace.equals("urn:xmpp:hats:0");
            // An occupant may retract its own message (XEP-0424), not in a moderator's name.
            case "retract", "apply-to" -> hasModerated(child);
            default -> false;
        };
    }

    /** Roles, affiliations and status codes; an invitation, a decline and the mark of a private message are not. */
    private static boolean isRoomsNews(Element user) {
        return user.element("item") != null || user.element("status") != null || user.element("destroy") != null;
    }

    private static boolean isRoomsOrNobodys(String from, String bareRoom) {
        return from == null || from.isBlank() || isSame(from, bareRoom);
    }

    private static boolean hasModerated(Element child) {
        for (Iterator<?> inner = child.elementIterator("moderated"); inner.hasNext(); ) {
            if (ROOMS_WORD.contains(((Element) inner.next()).getNamespaceURI())) {
                return true;
            }
        }
        return false;
    }

    /** As clients compare: prepared (RFC 7622 §3), so that no other spelling of the room's name gets through. */
    private static boolean isSame(String jid, String bareRoom) {
        if (jid == null || jid.equals(bareRoom)) {
            return jid != null;
        }
        try {
            return new JID(jid).toBareJID().equals(bareRoom);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
