// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A listed phrase in a room, said by people of this server. */
class ModerationE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .bastion()
            .user("owner", "owner-secret-1")
            .user("deputy", "deputy-secret-1")
            .user("member", "member-secret-1")
            .user("stranger", "stranger-secret-1")
            .user("bystander", "bystander-secret-1")
            .property("plugin.bastion.moderation.mode", "enforce"));

    private static final Pattern REFERENCE = Pattern.compile("reference ([0-9A-Z]{4}-[0-9A-Z]{4})");

    private static Den den;
    private static XmppClient stranger;

    @BeforeAll
    static void furnish() throws Exception {
        den = new Den(server());
        den.affiliate("deputy", true);
        den.affiliate("member", false);
        stranger = XmppClient.connect(server(), "stranger", "phone");
        stranger.join(den.room, "Stranger");
        den.awaitRule(stranger);
    }

    @AfterAll
    static void leave() {
        stranger.close();
        den.close();
    }

    @BeforeEach
    void enforce() throws Exception {
        den.mode("enforce");
        den.bystander.forget();
    }

    @Test
    void aStrangersListedMessageReachesNobodyAndTheStrangerIsToldWhy() throws Exception {
        String body = "Psst, BUY cheap pi\u200Blls!";
        String id = stranger.sendMessage(den.room, "groupchat", body);
        StanzaError error = den.refusal(stranger, id);

        assertThat(error.getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
        assertThat(error.getType()).isEqualTo(StanzaError.Type.MODIFY);
        String text = error.getDescriptiveText("en");
        assertThat(text).contains("not delivered", "moderation.listed-phrase").doesNotContain("pills");
        assertThat(den.isHeard(body)).isFalse();

        Matcher reference = REFERENCE.matcher(text);
        assertThat(reference.find()).isTrue();
        den.awaitAudited(
                "moderation message-refused ENFORCE stranger@" + server().domain() + " " + den.room,
                "moderation.listed-phrase/1",
                reference.group(1),
                "\"nickname\":\"Stranger\"");
        assertThat(den.audited("message-refused")).noneMatch(line -> line.contains("pills"));
    }

    @Test
    void theErrorComesFromTheRoom() throws Exception {
        String id = stranger.sendMessage(den.room, "groupchat", Den.LISTED);
        Message error =
                (Message) stranger.await(stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId()));
        assertThat(error.getFrom().toString()).isEqualTo(den.room);
        assertThat(error.getType()).isEqualTo(Message.Type.error);
    }

    @Test
    void aStrangersCleanMessagePasses() throws Exception {
        String body = "I live in Scunthorpe and buy pillows";
        stranger.sendMessage(den.room, "groupchat", body);
        den.bystander.await(stanza -> Den.hasBody(stanza, body));
    }

    @Test
    void ownerAdminAndMemberPass() throws Exception {
        den.owner.sendMessage(den.room, "groupchat", "owner: " + Den.LISTED);
        den.bystander.await(stanza -> Den.hasBody(stanza, "owner: " + Den.LISTED));
        for (String affiliated : new String[] {"deputy", "member"}) {
            passes(affiliated);
        }
    }

    @Test
    void theServersAdministratorPasses() throws Exception {
        passes(ServerOptions.ADMIN);
    }

    @Test
    void aPrivateMessageToAnOccupantIsRefusedToo() throws Exception {
        String id = stranger.sendMessage(den.room + "/Bystander", "chat", Den.LISTED);
        assertThat(den.refusal(stranger, id).getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
        assertThat(den.isHeard(Den.LISTED)).isFalse();
    }

    @Test
    void aListedSubjectOrTranslationIsRefusedToo() throws Exception {
        String id = XmppClient.nextId();
        stranger.send("<message id='%s' to='%s' type='groupchat'><body>Hi</body><body xml:lang='fr'>%s</body></message>"
                .formatted(id, den.room, Den.LISTED));
        assertThat(den.refusal(stranger, id).getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
    }

    @Test
    void observingDeliversAndWritesDownWhatWouldHaveBeenDone() throws Exception {
        den.mode("observe");
        String body = "observed: " + Den.LISTED;
        stranger.sendMessage(den.room, "groupchat", body);
        den.bystander.await(stanza -> Den.hasBody(stanza, body));
        den.awaitAudited("moderation message-refused OBSERVE stranger@" + server().domain() + " " + den.room);
    }

    @Test
    void offDeliversWithoutALook() throws Exception {
        den.mode("off");
        String body = "not looked at: " + Den.LISTED;
        stranger.sendMessage(den.room, "groupchat", body);
        den.bystander.await(stanza -> Den.hasBody(stanza, body));
    }

    @Test
    void tenThousandChildrenDoNotHideAPhrase() throws Exception {
        String id = XmppClient.nextId();
        stranger.send("<message id='%s' to='%s' type='groupchat'>%s<body>%s</body></message>"
                .formatted(id, den.room, "<x xmlns='urn:example:x'/>".repeat(10_000), Den.LISTED));
        assertThat(den.refusal(stranger, id).getCondition()).isEqualTo(StanzaError.Condition.policy_violation);
    }

    private static void passes(String user) throws Exception {
        try (XmppClient client = XmppClient.connect(server(), user, "desk")) {
            client.join(den.room, user);
            client.sendMessage(den.room, "groupchat", user + ": " + Den.LISTED);
            den.bystander.await(stanza -> Den.hasBody(stanza, user + ": " + Den.LISTED));
        }
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
