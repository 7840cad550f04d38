// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Affiliation;
import im.bastion.host.contract.HostStage;
import java.time.Instant;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Arranges the host in memory for the contract. */
public record MemoryStage(MemoryHost host) implements HostStage {
    @Override
    public JID account(String name) {
        return host.users().register(name);
    }

    @Override
    public void delete(JID account) {
        host.users().delete(account);
    }

    @Override
    public JID administrator() {
        return host.users().registerAdmin("admin");
    }

    @Override
    public JID room(String name, JID owner) {
        JID room = new JID(name, MemoryRooms.SERVICE, null);
        return host.rooms().exists(room) ? room : host.rooms().create(name, owner);
    }

    @Override
    public void affiliate(JID room, JID user, Affiliation affiliation) {
        host.rooms().affiliate(room, user, affiliation);
    }

    @Override
    public void enter(JID room, JID fullJid, String nickname) {
        host.rooms().enter(room, fullJid, nickname);
    }

    @Override
    public void say(Message message) {
        JID room = message.getTo();
        JID sender = message.getFrom();
        Message copy = message.createCopy();
        copy.setFrom(host.rooms().occupants(room, sender).get(0).roomJid());
        copy.addChildElement("delay", "urn:xmpp:delay");
        host.roomArchive().say(room, sender, copy.getFrom().getResource(), Instant.now(), copy);
    }

    @Override
    public void writeLogs() {
        host.roomArchive().flush();
    }

    @Override
    public void arrive(Packet stanza) {
        host.traffic().fromElsewhere(stanza);
    }

    @Override
    public IQ ask(IQ request) {
        return host.iqServices().ask(request);
    }
}
