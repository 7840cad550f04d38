// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.command.Replies;
import im.bastion.moderation.request.RoomResponder;
import im.bastion.policy.Verdict;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * Slow mode in the forms that clients know (XEP-0500): owners set it where they configure the room, everybody sees it where
 * the room says what it is.
 */
public final class SlowModeForm implements RoomResponder {
    /** The field of the room's configuration. */
    public static final String CONFIG = "muc#roomconfig_slow_mode_duration";
    /** The field of what the room says about itself. */
    public static final String INFO = "muc#roominfo_slow_mode_duration";

    private static final String OWNER = "http://jabber.org/protocol/muc#owner";
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final String DATA = "jabber:x:data";
    private static final int MAX_SECONDS = 86_400;

    private final ToIntFunction<JID> seconds;
    private final BiConsumer<JID, Integer> set;
    private final BiPredicate<JID, JID> isOwner;

    /**
     * @param seconds between two messages of an account in a room; 0 for no slow mode
     * @param set is told when an owner has submitted another number; called on the stanza path
     * @param isOwner whether somebody (second) may configure a room
     */
    public SlowModeForm(ToIntFunction<JID> seconds, BiConsumer<JID, Integer> set, BiPredicate<JID, JID> isOwner) {
        this.seconds = seconds;
        this.set = set;
        this.isOwner = isOwner;
    }

    /** Takes the field out of a submitted configuration; the rest is the host's to judge. */
    @Override
    public Verdict answer(IQ request, JID sender, JID room) {
        Element query = request.getChildElement();
        if (query == null
                || request.getType() != IQ.Type.set
                || !query.getNamespaceURI().equals(OWNER)) {
            return null;
        }
        Element form = query.element("x");
        Element field = form == null ? null : field(form, CONFIG);
        if (field == null) {
            return null;
        }
        int wanted = number(field.elementText("value"));
        if (wanted < 0) {
            return Replies.refuse(
                    request,
                    "not-acceptable",
                    "modify",
                    "\"" + CONFIG + "\" must be whole seconds of 0 to " + MAX_SECONDS + "; 0 is off.");
        }
        form.remove(field);
        if (wanted != seconds.applyAsInt(room) && isOwner.test(room, sender)) {
            set.accept(room, wanted);
        }
        return Verdict.PASS;
    }

    @Override
    public void amend(IQ result, JID room, JID receiver) {
        Element query = result.getChildElement();
        if (query == null || result.getType() != IQ.Type.result || room.getNode() == null) {
            return;
        }
        if (query.getNamespaceURI().equals(OWNER)) {
            Element form = query.element("x");
            if (form != null && "form".equals(form.attributeValue("type")) && field(form, CONFIG) == null) {
                addConfig(form, seconds.applyAsInt(room));
            }
        } else if (query.getNamespaceURI().equals(DISCO_INFO) && query.attributeValue("node") == null) {
            addInfo(query, seconds.applyAsInt(room));
        }
    }

    private static void addConfig(Element form, int now) {
        Element field = form.addElement("field")
                .addAttribute("var", CONFIG)
                .addAttribute("type", "text-single")
                .addAttribute("label", "Slow mode: seconds between two messages of the same person (0 is off)");
        // XEP-0122
        field.addElement("validate", "http://jabber.org/protocol/xdata-validate")
                .addAttribute("datatype", "xs:integer")
                .addElement("range")
                .addAttribute("min", "0")
                .addAttribute("max", String.valueOf(MAX_SECONDS));
        field.addElement("value").setText(String.valueOf(now));
    }

    private static void addInfo(Element query, int now) {
        for (Iterator<?> forms = query.elementIterator("x"); forms.hasNext(); ) {
            Element form = (Element) forms.next();
            Element type = field(form, "FORM_TYPE");
            boolean roomInfo = form.getNamespaceURI().equals(DATA)
                    && type != null
                    && "http://jabber.org/protocol/muc#roominfo".equals(type.elementText("value"));
            if (roomInfo && field(form, INFO) == null) {
                form.addElement("field")
                        .addAttribute("var", INFO)
                        .addElement("value")
                        .setText(String.valueOf(now));
            }
        }
    }

    private static Element field(Element form, String name) {
        for (Iterator<?> fields = form.elementIterator("field"); fields.hasNext(); ) {
            Element field = (Element) fields.next();
            if (name.equals(field.attributeValue("var"))) {
                return field;
            }
        }
        return null;
    }

    private static int number(String text) {
        try {
            int number = text == null || text.isBlank() ? 0 : Integer.parseInt(text.strip());
            return number <= MAX_SECONDS ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
