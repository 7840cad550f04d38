// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.command.CommandList;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Host;
import im.bastion.host.Point;
import im.bastion.omemo.desk.UserCommand;
import im.bastion.omemo.desk.UserCommands;
import im.bastion.omemo.device.DeviceDesk;
import im.bastion.omemo.device.SessionDevices;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * Users' commands about their own devices (XEP-0050): offered by the account itself, and among the server's own commands,
 * where clients look.
 */
final class DeviceCommands implements OmemoStep, AutoCloseable {
    private static final String ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String INFO = "http://jabber.org/protocol/disco#info";
    private static final String PREFIX = "urn:bastion:account:";

    private final Host host;
    private final CommandList<JID, UserCommand> commands;

    DeviceCommands(Host host, DeviceDesk desk, SessionDevices sessions) {
        this.host = host;
        commands = new CommandList<>(
                PREFIX,
                UserCommands.of(desk, sessions),
                (command, asker) -> host.users().isConnected(asker),
                host.stanzas(),
                "bastion-omemo-desk");
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        if (policy.mode() == Mode.OFF) {
            return 0;
        }
        return switch (point) {
            case ENTERING -> Interest.COMMAND | Interest.DISCO;
            case DELIVERING -> Interest.DISCO;
            case HANDLED, LEAVING -> 0;
        };
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        JID client = passage.client();
        if (client == null || !(passage.stanza() instanceof IQ iq) || iq.getChildElement() == null) {
            return Verdict.PASS;
        }
        if (passage.point() == Point.DELIVERING) {
            addToServers(iq, passage.from(), client);
            return Verdict.PASS;
        }
        boolean account = passage.to() == null || passage.to().equals(client.asBareJID());
        if (!account && !isServer(passage.to())) {
            return Verdict.PASS;
        }
        Verdict verdict = answer(iq, client, account);
        return verdict == null ? Verdict.PASS : verdict;
    }

    @Override
    public void close() {
        commands.close();
    }

    private Verdict answer(IQ iq, JID client, boolean account) {
        Element child = iq.getChildElement();
        String node = child.attributeValue("node", "");
        return switch (child.getNamespaceURI()) {
            case CommandList.COMMANDS ->
                iq.getType() == IQ.Type.set && commands.has(node) ? commands.run(iq, client, client) : null;
            case INFO -> iq.getType() == IQ.Type.get && commands.has(node) ? commands.info(iq, node) : null;
            case ITEMS ->
                account && iq.getType() == IQ.Type.get && node.equals(CommandList.COMMANDS)
                        ? Verdict.answer(items(iq, client))
                        : null;
            default -> null;
        };
    }

    private IQ items(IQ request, JID client) {
        IQ result = IQ.createResultIQ(request);
        Element query = result.setChildElement("query", ITEMS);
        query.addAttribute("node", CommandList.COMMANDS);
        commands.addTo(query, client.asBareJID(), client);
        return result;
    }

    private void addToServers(IQ answer, JID from, JID client) {
        Element query = answer.getChildElement();
        if (answer.getType() == IQ.Type.result
                && from != null
                && isServer(from)
                && ITEMS.equals(query.getNamespaceURI())
                && CommandList.COMMANDS.equals(query.attributeValue("node"))) {
            commands.addTo(query, from, client);
        }
    }

    private boolean isServer(JID jid) {
        return jid.getNode() == null
                && jid.getResource() == null
                && jid.getDomain().equals(host.domain());
    }
}
