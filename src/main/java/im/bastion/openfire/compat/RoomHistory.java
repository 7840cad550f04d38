// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.HostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.dom4j.Element;
import org.dom4j.Node;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * A room's live history.
 *
 * <p>COMPAT(openfire<4.7.4): it cannot be emptied; but its messages are the very objects that joiners are shown, so they are
 * given other content in place. From then on it is a value in a cache, which is emptied and filled anew.
 */
public final class RoomHistory {
    private static final String GUARD = "moderation";

    private final RoomMember history;
    private final RoomMember messages;
    private final RoomMember purge;
    private final RoomMember addAll;
    private final RoomMember addOne;

    public RoomHistory(Probe probe) {
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        Class<?> type = probe.type("org.jivesoftware.openfire.muc.MUCRoomHistory");
        history = new RoomMember(
                "getRoomHistory", probe.method("muc.history", GUARD, room, "getRoomHistory", Probe.takes()));
        messages = new RoomMember(
                "getMessageHistory",
                probe.method("muc.history-messages", GUARD, type, "getMessageHistory", Probe.takes()));
        purge = new RoomMember("purge", probe.quietly(type, "purge", Probe.takes()));
        addAll = new RoomMember("addOldMessages", probe.quietly(type, "addOldMessages", Probe.takes(List.class)));
        addOne = new RoomMember(
                "addOldMessage",
                probe.quietly(
                        type,
                        "addOldMessage",
                        Probe.takesNamed("String", "String", "Date", "String", "String", "String")));
        if (isFilledAnew() || addOne.isPresent()) {
            probe.present("muc.history-change", GUARD, isFilledAnew() ? "purge, addOldMessages" : "in place");
        } else {
            probe.missing("muc.history-change", GUARD, "MUCRoomHistory.addOldMessages(List) or addOldMessage");
        }
    }

    /** As {@link im.bastion.host.RoomArchive#rewriteLive}, with the room's lock held. */
    public int rewrite(Object room, UnaryOperator<Message> operator) {
        Object of = history.of(room);
        List<Message> after = new ArrayList<>();
        int changed = 0;
        for (Iterator<?> all = (Iterator<?>) messages.of(of); all.hasNext(); ) {
            Message before = (Message) all.next();
            Message replacement = operator.apply(before);
            if (replacement != before) {
                changed++;
                if (!isFilledAnew()) {
                    replaceContent(before.getElement(), replacement.getElement());
                }
            }
            after.add(replacement);
        }
        if (changed > 0 && isFilledAnew()) {
            fill(of, after);
        }
        return changed;
    }

    /** As {@link im.bastion.host.RoomArchive#appendLive}, with the room's lock held. */
    public void append(Object room, JID roomJid, Message message, Instant at) {
        Object of = history.of(room);
        if (isFilledAnew()) {
            // The host sorts by this stamp, and fails on a message without one.
            message.addChildElement("delay", "urn:xmpp:delay")
                    .addAttribute("stamp", at.truncatedTo(ChronoUnit.MILLIS).toString())
                    .addAttribute("from", roomJid.toString());
            Object unused = addAll.of(of, new ArrayList<>(List.of(message)));
        } else if (addOne.isPresent()) {
            Object unused = addOne.with(
                    of,
                    roomJid.toString(),
                    null,
                    Date.from(at),
                    message.getSubject(),
                    message.getBody(),
                    message.toXML());
        } else {
            throw new HostException("This server's room history cannot be added to");
        }
    }

    private boolean isFilledAnew() {
        return purge.isPresent() && addAll.isPresent();
    }

    private void fill(Object of, List<Message> all) {
        Object unused = purge.of(of);
        unused = addAll.of(of, all);
    }

    private static void replaceContent(Element target, Element source) {
        Element copy = source.createCopy();
        target.clearContent();
        while (copy.nodeCount() > 0) {
            Node child = copy.node(0).detach();
            target.add(child);
        }
    }
}
