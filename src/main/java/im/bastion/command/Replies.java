// SPDX-License-Identifier: Apache-2.0
package im.bastion.command;

import im.bastion.policy.Verdict;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Answers to requests, built by hand where older hosts' stanza library does not know a condition. */
public final class Replies {
    private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private Replies() {}

    /**
     * An error (RFC 6120 §8.3).
     *
     * @param condition a defined condition
     * @param type auth, cancel, modify or wait
     */
    public static IQ error(IQ request, String condition, String type, String text) {
        IQ reply = new IQ(IQ.Type.error, request.getID());
        reply.setFrom(request.getTo());
        reply.setTo(request.getFrom());
        Element error = reply.getElement().addElement("error").addAttribute("type", type);
        error.addElement(condition, CONDITIONS);
        error.addElement("text", CONDITIONS).setText(text);
        return reply;
    }

    /** The error for a message that will not be delivered (RFC 6120 §8.3), to who sent it. */
    public static Message error(Packet message, JID sender, String text) {
        Message reply = new Message();
        reply.setType(Message.Type.error);
        reply.setID(message.getID());
        reply.setFrom(message.getTo());
        reply.setTo(sender);
        Element error = reply.getElement().addElement("error").addAttribute("type", "cancel");
        error.addElement("policy-violation", CONDITIONS);
        error.addElement("text", CONDITIONS).setText(text);
        return reply;
    }

    /** The error as a verdict. */
    public static Verdict refuse(IQ request, String condition, String type, String text) {
        return Verdict.answer(error(request, condition, type, text));
    }
}
