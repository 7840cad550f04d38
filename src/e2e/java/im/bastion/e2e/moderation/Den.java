// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.OpenfireServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jxmpp.jid.impl.JidCreate;

/** A room with an owner, a member and somebody who only listens, on a server where one phrase is listed. */
final class Den implements AutoCloseable {
    /** The listed phrase. */
    static final String LISTED = "buy cheap pills";

    private static final String RULE = "moderation.listed-phrase";
    private static final String MODE = "plugin.bastion.moderation.mode";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final String room;
    final XmppClient owner;
    final XmppClient bystander;
    private final OpenfireServer server;
    private final MultiUserChat owners;

    /** Lists the phrase and makes the room; the users "owner" and "bystander" exist. */
    Den(OpenfireServer server) throws Exception {
        this.server = server;
        this.room = "den@conference." + server.domain();
        server.insidePlugin(
                BoundHost.PLUGIN,
                List.of(),
                DefineRule.class,
                RULE,
                "ENFORCE",
                "{\"phrases\":[\"%s\"],\"rooms\":[\"*@conference.%s\"]}".formatted(LISTED, server.domain()));
        owner = XmppClient.connect(server, "owner", "desk");
        bystander = XmppClient.connect(server, "bystander", "desk");
        owners = entered(owner, room);
        bystander.join(room, "Bystander");
    }

    /** The room is there already when its server was restarted. */
    private static MultiUserChat entered(XmppClient owner, String room) throws Exception {
        IQ known = owner.request("get", room, "<query xmlns='http://jabber.org/protocol/disco#info'/>");
        return known.getType() == IQ.Type.result
                ? owner.join(room, "Owner")
                : owner.createRoom(room, "Owner", List.of());
    }

    void affiliate(String user, boolean asAdmin) throws Exception {
        String jid = user + "@" + server.domain();
        if (asAdmin) {
            owners.grantAdmin(JidCreate.bareFrom(jid));
        } else {
            owners.grantMembership(JidCreate.bareFrom(jid));
        }
    }

    void mode(String mode) throws IOException {
        server.setProperty(MODE, mode);
    }

    /** Says the listed phrase until it is refused: rules that another node defined come with a delay. */
    void awaitRule(XmppClient stranger) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            String id = stranger.sendMessage(room, "groupchat", LISTED);
            return errorOrCopy(stranger, id).getType() == Message.Type.error;
        });
        stranger.forget();
        bystander.forget();
    }

    /** The error for the message of that id. */
    StanzaError refusal(XmppClient sender, String id) throws InterruptedException {
        Message answer = errorOrCopy(sender, id);
        if (answer.getType() != Message.Type.error) {
            throw new AssertionError("It was delivered: " + answer.toXML());
        }
        return answer.getError();
    }

    /** Whether the listener receives a message with the body before one that the owner sends now. */
    boolean isHeard(String body) throws Exception {
        String mark = "mark " + XmppClient.nextId();
        owner.sendMessage(room, "groupchat", mark);
        bystander.await(stanza -> hasBody(stanza, mark));
        return bystander.received().stream().anyMatch(stanza -> hasBody(stanza, body));
    }

    /** The lines of the audit log about this; empty until there are any. */
    List<String> audited(String... words) throws IOException {
        String[] lines = server.insidePlugin(BoundHost.PLUGIN, List.of(), AuditRows.class)
                .split("\n");
        if (!lines[0].equals("whole")) {
            throw new AssertionError("The chain is broken: " + lines[0]);
        }
        return Arrays.stream(lines)
                .filter(line -> Arrays.stream(words).allMatch(line::contains))
                .toList();
    }

    /** Waits for a line of the audit log with these words: entries are written behind the back of the stanza. */
    void awaitAudited(String... words) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> !audited(words)
                .isEmpty());
    }

    private static Message errorOrCopy(XmppClient sender, String id) throws InterruptedException {
        return (Message) sender.await(stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId()));
    }

    static boolean hasBody(Stanza stanza, String body) {
        return stanza instanceof Message message && body.equals(message.getBody());
    }

    @Override
    public void close() {
        bystander.close();
        owner.close();
    }
}
