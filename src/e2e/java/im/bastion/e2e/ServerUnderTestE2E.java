// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.util.List;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jxmpp.jid.impl.JidCreate;

/** The server that all other end-to-end tests stand on, without Bastion. */
class ServerUnderTestE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .property("plugin.bastion.seeded", "before the first start"));

    @Test
    void twoUsersChat() throws Exception {
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard");
                XmppClient juliet = XmppClient.connect(server(), "juliet", "balcony")) {
            romeo.sendMessage(juliet.jid(), "chat", "Call me but love");

            Stanza received = juliet.await(stanza -> hasBody(stanza, "Call me but love"));

            assertThat(received.getFrom().toString()).isEqualTo(romeo.jid());
        }
    }

    @Test
    void aRoomKeepsItsMembersOverKillAndStart() throws Exception {
        String room = "orchard@conference." + server().domain();
        try (XmppClient juliet = XmppClient.connect(server(), "juliet", "balcony")) {
            juliet.createRoom(room, "Juliet", List.of("romeo@" + server().domain()));
        }
        // HSQLDB may write a second after it has said that it has.
        server().stop();
        server().start();
        server().kill();
        server().start();

        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard")) {
            MultiUserChat chat = romeo.join(room, "Romeo");
            romeo.sendMessage(room, "groupchat", "I take thee at thy word");

            romeo.await(stanza -> hasBody(stanza, "I take thee at thy word"));
            assertThat(chat.getOccupant(JidCreate.entityFullFrom(room + "/Romeo"))
                            .getAffiliation())
                    .isEqualTo(MUCAffiliation.member);
        }
    }

    @Test
    void propertiesAreInForceFromTheFirstStart() throws Exception {
        assertThat(server().property("plugin.bastion.seeded")).isEqualTo("before the first start");
    }

    @Test
    void theConsoleLetsOnlyTheAdminIn() throws Exception {
        AdminSession.Page stranger = new AdminSession(server().console()).get("plugin-admin.jsp");
        AdminSession.Page admin = server().admin().get("plugin-admin.jsp");

        assertThat(stranger.uri().getPath()).isEqualTo("/login.jsp");
        assertThat(admin.status()).isEqualTo(200);
        assertThat(admin.body()).contains("uploadfile");
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    private static boolean hasBody(Stanza stanza, String body) {
        return stanza instanceof Message message && body.equals(message.getBody());
    }
}
