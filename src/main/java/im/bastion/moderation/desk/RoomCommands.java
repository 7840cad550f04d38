// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandList;
import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.Role;
import im.bastion.moderation.desk.RoomCommand.Access;
import im.bastion.moderation.desk.RoomCommand.Asker;
import im.bastion.moderation.request.RoomResponder;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * The ad-hoc commands (XEP-0050) that every room offers, from any client: to moderators and owners what they need, to
 * everybody the way to appeal.
 */
public final class RoomCommands implements RoomResponder, AutoCloseable {
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final String PREFIX = "urn:bastion:room:";

    private final Host host;
    private final CommandList<Asker, RoomCommand> commands;

    RoomCommands(Host host, List<RoomCommand> commands) {
        this.host = host;
        this.commands = new CommandList<>(PREFIX, commands, this::mayRun, host.stanzas(), "bastion-desk");
    }

    @Override
    public Verdict answer(IQ request, JID sender, JID room) {
        Element child = request.getChildElement();
        if (child == null || room.getNode() == null) {
            return null;
        }
        Asker asker = new Asker(sender, room);
        return switch (child.getNamespaceURI()) {
            case DISCO_ITEMS ->
                CommandList.COMMANDS.equals(child.attributeValue("node"))
                        ? Verdict.answer(items(request, child, asker))
                        : null;
            case DISCO_INFO -> commands.info(request, child.attributeValue("node", ""));
            case CommandList.COMMANDS -> request.getType() == IQ.Type.set ? commands.run(request, sender, asker) : null;
            default -> null;
        };
    }

    @Override
    public Set<String> features() {
        return Set.of(CommandList.COMMANDS);
    }

    @Override
    public void close() {
        commands.close();
    }

    private IQ items(IQ request, Element child, Asker asker) {
        IQ result = IQ.createResultIQ(request);
        Element query = result.setChildElement("query", DISCO_ITEMS);
        query.addAttribute("node", child.attributeValue("node"));
        commands.addTo(query, asker.room(), asker);
        return result;
    }

    private boolean mayRun(RoomCommand command, Asker asker) {
        if (command.access() == Access.ANYBODY || host.users().isAdmin(asker.sender())) {
            return true;
        }
        Affiliation affiliation = host.rooms().affiliation(asker.room(), asker.sender());
        boolean moderates = affiliation == Affiliation.OWNER
                || affiliation == Affiliation.ADMIN
                || host.rooms().occupants(asker.room(), asker.sender()).stream()
                        .anyMatch(occupant -> occupant.role() == Role.MODERATOR);
        return command.access() == Access.OWNERS ? affiliation == Affiliation.OWNER : moderates;
    }
}
