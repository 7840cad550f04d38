// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** A host, and what a statement of the contract needs arranged in it by other means than the seam. */
public interface HostStage {
    Host host();

    /** The bare JID of an ordinary account of that name, made if need be. */
    JID account(String name);

    /** Deletes an account. */
    void delete(JID account);

    /** The bare JID of an administrator of the server. */
    JID administrator();

    /** Makes the group of that name with this one member, if need be. */
    void group(String name, JID member);

    /** The bare JID of a room of that name with that owner, made if need be. */
    JID room(String name, JID owner);

    /** Gives the user this affiliation with the room. */
    void affiliate(JID room, JID user, Affiliation affiliation);

    /** Lets the full JID enter the room with that nickname. */
    void enter(JID room, JID fullJid, String nickname);

    /** Lets somebody inside say this in the room of its {@code to}. */
    void say(Message message);

    /** Makes the host write what it has kept back of its rooms' logs, if it must be made to. */
    void writeLogs();

    /** Lets a stanza arrive from elsewhere and be handled, through everything that stands in the way of such a stanza. */
    void arrive(Packet stanza);

    /** What the server itself answers to a request for it or one of its accounts. */
    IQ ask(IQ request) throws Exception;
}
