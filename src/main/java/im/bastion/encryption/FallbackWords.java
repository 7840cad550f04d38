// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.message.Shown;
import im.bastion.encryption.message.Shown.Carrier;
import im.bastion.encryption.scheme.OwnChild;
import org.dom4j.Element;
import org.xmpp.packet.Message;

/**
 * What stands beside a retraction or an invitation for clients that do not know them. Retractions and invitations must
 * pass, and words beside them must not: so the words are taken out.
 */
final class FallbackWords {
    private static final int WORDS = Leak.BODY.bit() | Leak.SUBJECT.bit();

    private FallbackWords() {}

    /** Whether the message is such a one, and there is nothing to object to but words beside it. */
    static boolean isAll(Shown shown) {
        return shown.carrier() != Carrier.NONE && shown.used() == 0 && (shown.blocking() & ~WORDS) == 0;
    }

    static void takeOut(Message message) {
        Element element = message.getElement();
        for (int i = element.nodeCount() - 1; i >= 0; i--) {
            if (element.node(i) instanceof Element child
                    && (OwnChild.is(child, "body") || OwnChild.is(child, "subject"))) {
                element.remove(child);
            }
        }
    }
}
