// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import java.util.Set;
import java.util.TreeSet;
import org.dom4j.Element;

/**
 * A message that rings before there is a Jingle session, or takes that back (XEP-0353).
 *
 * @param sid the session that it is about
 * @param media what a proposal is for, "audio" and "video"; empty in all others
 */
public record Invitation(Step step, String sid, Set<String> media) {
    /** What it says. */
    public enum Step {
        PROPOSE,
        RINGING,
        PROCEED,
        /** The call is no more, or never was: rejected, retracted or finished. */
        END
    }

    private static final String PREFIX = "urn:xmpp:jingle-message:";

    /** The invitation in a message, or null. */
    public static Invitation read(Element message) {
        for (Element child : message.elements()) {
            if (child.getNamespaceURI().startsWith(PREFIX)) {
                Step step = step(child.getName());
                String sid = child.attributeValue("id");
                return step == null || !Jingle.isName(sid) ? null : new Invitation(step, sid, media(child));
            }
        }
        return null;
    }

    private static Step step(String name) {
        return switch (name) {
            case "propose" -> Step.PROPOSE;
            case "ringing" -> Step.RINGING;
            case "proceed" -> Step.PROCEED;
            case "reject", "retract", "finish" -> Step.END;
            default -> null;
        };
    }

    private static Set<String> media(Element proposal) {
        Set<String> media = new TreeSet<>();
        for (Element description : proposal.elements("description")) {
            String each = description.attributeValue("media", "");
            if (each.equals("audio") || each.equals("video")) {
                media.add(each);
            }
        }
        return media;
    }
}
