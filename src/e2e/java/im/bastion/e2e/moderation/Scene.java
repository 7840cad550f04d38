// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.e2e.client.XmppClient;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jxmpp.jid.impl.JidCreate;

/** A new room of the home server, with its owner and somebody who only listens inside, and whoever enters later. */
final class Scene implements AutoCloseable {
    private static final String FORM =
            """
            <query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>\
            <field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>\
            <field var='muc#roomconfig_persistentroom'><value>1</value></field>%s</x></query>""";

    final String room;
    final XmppClient owner;
    final XmppClient bystander;
    private final MultiUserChat owners;
    private final List<XmppClient> clients = new ArrayList<>();

    /**
     * @param with what else is configured, beside persistence: names after "muc#roomconfig_", which are switched on, or
     *     "name=value"
     */
    Scene(Policy policy, String... with) throws Exception {
        int number = Pair.number();
        room = policy.prefix() + number + "@conference." + Pair.HOME_DOMAIN;
        owner = kept(Pair.connect(Origin.LOCAL, "owner" + number, "desk"));
        owners = owner.createRoom(room, "Owner", List.of());
        configure(with);
        bystander = kept(Pair.connect(Origin.LOCAL, "bystander" + number, "desk"));
        bystander.join(room, "Bystander");
    }

    private void configure(String... with) throws Exception {
        StringBuilder fields = new StringBuilder();
        for (String setting : with) {
            String[] parts = (setting + "=1").split("=", -1);
            fields.append("<field var='muc#roomconfig_%s'><value>%s</value></field>".formatted(parts[0], parts[1]));
        }
        IQ configured = owner.request("set", room, FORM.formatted(fields));
        if (configured.getType() != IQ.Type.result) {
            throw new IllegalStateException("the room was not configured: " + configured.toXML());
        }
    }

    /** Somebody nobody has seen before comes in. */
    XmppClient enter(Origin origin, String nickname) throws Exception {
        XmppClient client = kept(Pair.somebody(origin));
        client.join(room, nickname);
        return client;
    }

    /** Closes it with the room. */
    XmppClient kept(XmppClient client) {
        clients.add(client);
        return client;
    }

    void affiliate(XmppClient client, String affiliation) throws Exception {
        var jid = JidCreate.bareFrom(bare(client));
        switch (affiliation) {
            case "owner" -> owners.grantOwnership(jid);
            case "admin" -> owners.grantAdmin(jid);
            case "member" -> owners.grantMembership(jid);
            case "none" -> owners.revokeMembership(jid);
            default -> throw new IllegalArgumentException(affiliation);
        }
    }

    MultiUserChat asOwner() {
        return owners;
    }

    static String bare(XmppClient client) {
        return client.jid().replaceFirst("/.*", "");
    }

    /** The room's copy of the message of that id, or the error. */
    Message answer(XmppClient sender, String id) throws InterruptedException {
        return (Message) sender.await(stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId()));
    }

    /** The error to the message of that id; fails when the room took it. */
    StanzaError refusal(XmppClient sender, String id) throws InterruptedException {
        Message answer = answer(sender, id);
        if (answer.getType() != Message.Type.error) {
            throw new AssertionError("It was delivered: " + answer.toXML());
        }
        return answer.getError();
    }

    /** Whether the room takes what the sender says. */
    boolean takes(XmppClient sender, String body) throws Exception {
        return answer(sender, sender.sendMessage(room, "groupchat", body)).getType() != Message.Type.error;
    }

    /** Waits until the server of the room has handled what the sender has sent so far. */
    void settle(XmppClient sender) throws Exception {
        IQ unused = sender.request("get", room, "<query xmlns='http://jabber.org/protocol/disco#info'/>");
    }

    /** What the listener has received by now, as XML, everything that is on its way included. */
    List<String> heard() throws Exception {
        String mark = "mark " + XmppClient.nextId();
        owner.sendMessage(room, "groupchat", mark);
        bystander.await(stanza -> stanza instanceof Message message && mark.equals(message.getBody()));
        return bystander.received().stream().map(Scene::xml).toList();
    }

    /** How many stanzas the listener has received that contain the words. */
    long heard(String words) throws Exception {
        return heard().stream().filter(xml -> xml.contains(words)).count();
    }

    /** What the room, or the server, answered to the stanza of that id: an error, a copy, a result. */
    Stanza answered(XmppClient sender, String id) throws InterruptedException {
        return sender.await(stanza -> id.equals(stanza.getStanzaId()));
    }

    /** Whether it is an error that says that a policy forbids it. */
    static boolean isRefused(Stanza answer) {
        String type = xml(answer).replaceFirst("(?s)>.*", "");
        boolean isError = type.matches("(?s).*type=['\"]error['\"].*");
        return isError && answer.getError().getCondition() == StanzaError.Condition.policy_violation;
    }

    static String xml(Stanza stanza) {
        return stanza.toXML().toString();
    }

    @Override
    public void close() {
        clients.forEach(XmppClient::close);
    }
}
