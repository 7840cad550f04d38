// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.host.Host;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Words of the server to an account's own sessions about its devices. */
public final class OwnerMessages {
    private final Host host;

    public OwnerMessages(Host host) {
        this.host = host;
    }

    /** Tells all sessions that are connected now. */
    public void tellAll(JID owner, String text) {
        host.users().resources(owner).forEach(session -> tell(session, text));
    }

    /** Tells that session and no other. */
    void tell(JID session, String text) {
        Message message = new Message();
        message.setFrom(new JID(host.domain()));
        message.setTo(session);
        message.setType(Message.Type.chat);
        message.setBody(text);
        // XEP-0280 §6.2: not to the device it is about, too.
        message.getElement().addElement("private", "urn:xmpp:carbons:2");
        message.getElement().addElement("no-copy", "urn:xmpp:hints");
        host.stanzas().send(message);
    }
}
