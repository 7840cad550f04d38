// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.contract.HostStage;
import java.lang.reflect.Method;
import java.util.Locale;
import org.dom4j.Element;
import org.jivesoftware.openfire.IQRouter;
import org.jivesoftware.openfire.PacketRouter;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.auth.UnauthorizedException;
import org.jivesoftware.openfire.group.GroupAlreadyExistsException;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.handler.IQHandler;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Arranges a real server for the contract: accounts by its API, rooms by the stanzas that a client would send. */
record OpenfireStage(Host host) implements HostStage {
    private static final String STAGE = "stage";

    @Override
    public JID account(String name) {
        try {
            UserManager.getInstance().getUser(name);
        } catch (UserNotFoundException absent) {
            try {
                UserManager.getInstance().createUser(name, "contract-secret-1", null, null);
            } catch (UserAlreadyExistsException e) {
                throw new AssertionError(e);
            }
        }
        return new JID(name, host.domain(), null);
    }

    @Override
    public void delete(JID account) {
        try {
            UserManager users = UserManager.getInstance();
            users.deleteUser(users.getUser(account.getNode()));
        } catch (UserNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public JID administrator() {
        return new JID("admin", host.domain(), null);
    }

    @Override
    public void group(String name, JID member) {
        try {
            GroupManager.getInstance().createGroup(name).getMembers().add(member);
        } catch (GroupAlreadyExistsException e) {
            // From the statement before.
        } catch (Exception e) {
            // COMPAT(openfire>=4.8): a group's name may be refused, with a checked exception that 4.2.0 does not have.
            throw new AssertionError(e);
        }
    }

    @Override
    public JID room(String name, JID owner) {
        JID room = new JID(name, "conference." + host.domain(), null);
        if (!host.rooms().exists(room)) {
            JID staged = new JID(owner.getNode(), owner.getDomain(), STAGE);
            enter(room, staged, "Owner");
            IQ unlock = request(staged, room, "http://jabber.org/protocol/muc#owner");
            Element form = unlock.getChildElement().addElement("x", "jabber:x:data");
            form.addAttribute("type", "submit");
            field(form, "FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig");
            field(form, "muc#roomconfig_persistentroom", "1");
            field(form, "muc#roomconfig_enablelogging", "1");
            arrive(unlock);
        }
        return room;
    }

    @Override
    public void affiliate(JID room, JID user, Affiliation affiliation) {
        IQ request =
                request(new JID("contract-owner", host.domain(), STAGE), room, "http://jabber.org/protocol/muc#admin");
        Element item = request.getChildElement().addElement("item");
        item.addAttribute("jid", user.toBareJID());
        item.addAttribute("affiliation", affiliation.name().toLowerCase(Locale.ROOT));
        arrive(request);
    }

    @Override
    public void enter(JID room, JID fullJid, String nickname) {
        Presence presence = new Presence();
        presence.setFrom(fullJid);
        presence.setTo(new JID(room.getNode(), room.getDomain(), nickname));
        presence.getElement().addElement("x", "http://jabber.org/protocol/muc");
        arrive(presence);
    }

    @Override
    public void say(Message message) {
        arrive(message);
    }

    /** COMPAT(openfire<4.8): written every five minutes, or when this private method says so. */
    @Override
    public void writeLogs() {
        for (Object service : XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatServices()) {
            try {
                Method write = service.getClass().getDeclaredMethod("logConversation");
                write.setAccessible(true);
                write.invoke(service);
            } catch (NoSuchMethodException e) {
                return;
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }

    @Override
    public void arrive(Packet stanza) {
        PacketRouter router = XMPPServer.getInstance().getPacketRouter();
        router.route(stanza);
    }

    /** From the handler's own hands: an answer to an account that is not connected goes nowhere. */
    @Override
    public IQ ask(IQ request) throws ReflectiveOperationException, UnauthorizedException {
        IQRouter router = XMPPServer.getInstance().getIQRouter();
        Method getHandler = IQRouter.class.getDeclaredMethod("getHandler", String.class);
        getHandler.setAccessible(true);
        IQHandler handler =
                (IQHandler) getHandler.invoke(router, request.getChildElement().getNamespaceURI());
        return handler.handleIQ(request);
    }

    private static void field(Element form, String name, String value) {
        form.addElement("field").addAttribute("var", name).addElement("value").setText(value);
    }

    private static IQ request(JID from, JID to, String namespace) {
        IQ request = new IQ(IQ.Type.set);
        request.setFrom(from);
        request.setTo(to);
        request.setChildElement("query", namespace);
        return request;
    }
}
