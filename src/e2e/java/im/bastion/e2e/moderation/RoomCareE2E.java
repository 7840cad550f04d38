// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What moderators do in a room from their client, and what Bastion does when they sleep. */
class RoomCareE2E {
    private static final int CROWD = 6;
    private static final String WAVE = "Win a thousand dollars at our new casino tonight, no deposit";

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(options());

    private static final Pattern STANZA_ID = Pattern.compile("<stanza-id[^>]*\\bid=['\"]([^'\"]+)['\"]");

    private static Den den;
    private static XmppClient stranger;

    private static ServerOptions options() {
        ServerOptions options = ServerOptions.defaults()
                .bastion()
                .user("owner", "owner-secret-1")
                .user("stranger", "stranger-secret-1")
                .user("bystander", "bystander-secret-1")
                .user("late", "late-secret-1")
                .property("plugin.bastion.moderation.mode", "enforce");
        for (int i = 0; i < CROWD; i++) {
            options = options.user("crowd" + i, "crowd-secret-" + i);
        }
        return options;
    }

    @BeforeAll
    static void furnish() throws Exception {
        server().insidePlugin(BoundHost.PLUGIN, List.of(), DefineRule.class, "moderation.wave", "ENFORCE", "{}");
        den = new Den(server());
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
    void forget() {
        den.bystander.forget();
        den.owner.forget();
        stranger.forget();
    }

    @Test
    void theRoomSaysWhatItCanDo() throws Exception {
        IQ info = den.owner.request("get", den.room, "<query xmlns='http://jabber.org/protocol/disco#info'/>");
        assertThat(info.toXML().toString())
                .contains(
                        "urn:xmpp:message-moderate:1",
                        "urn:xmpp:message-moderate:0",
                        "urn:xmpp:message-retract:1#tombstone",
                        "urn:xmpp:occupant-id:0",
                        "urn:xmpp:sid:0",
                        "urn:xmpp:gcreport:0",
                        "http://jabber.org/protocol/commands");
    }

    @Test
    void aModeratorRetractsAndTheLateComerFindsATombstone() throws Exception {
        String body = "something nobody should read " + XmppClient.nextId();
        String stanzaId = said(body);
        IQ refused = stranger.request("set", den.room, moderate(stanzaId));
        assertThat(refused.getError().getCondition()).isEqualTo(StanzaError.Condition.forbidden);
        IQ result = den.owner.request("set", den.room, moderate(stanzaId));
        assertThat(result.getType()).isEqualTo(IQ.Type.result);
        Stanza told = den.bystander.await(stanza -> isAbout(stanza, stanzaId, "retract"));
        assertThat(told.getFrom().toString()).isEqualTo(den.room);
        assertThat(xml(told)).contains("urn:xmpp:message-moderate:0", "A moderator removed a message.");
        assertThat(xml(told)).doesNotContain("owner@");

        String seen = history();
        assertThat(seen).doesNotContain(body).contains("<retracted", stanzaId);
        IQ again = den.owner.request("set", den.room, moderate(stanzaId));
        assertThat(again.getType()).isEqualTo(IQ.Type.result);
        den.awaitAudited("moderation message-retracted ENFORCE owner@" + server().domain());
    }

    @Test
    void theOlderRequestIsUnderstoodAndAnUnknownIdIsNot() throws Exception {
        String stanzaId = said("older " + XmppClient.nextId());
        String older = "<apply-to xmlns='urn:xmpp:fasten:0' id='%s'><moderate xmlns='urn:xmpp:message-moderate:0'>"
                + "<retract xmlns='urn:xmpp:message-retract:0'/></moderate></apply-to>";
        assertThat(den.owner
                        .request("set", den.room, older.formatted("no-such-id"))
                        .getError()
                        .getCondition())
                .isEqualTo(StanzaError.Condition.item_not_found);
        assertThat(den.owner.request("set", den.room, older.formatted(stanzaId)).getType())
                .isEqualTo(IQ.Type.result);
        den.bystander.await(stanza -> isAbout(stanza, stanzaId, "apply-to"));
    }

    @Test
    void whatARetractionTookAnUndoBringsBack() throws Exception {
        String body = "taken and given back " + XmppClient.nextId();
        String stanzaId = said(body);
        den.owner.request("set", den.room, moderate(stanzaId));
        assertThat(history()).doesNotContain(body);
        String form = xml(command(den.owner, "restore", ""));
        Matcher option = Pattern.compile("<value>([0-9a-f]{16})</value>").matcher(form);
        assertThat(option.find()).isTrue();
        String done = xml(command(den.owner, "restore", field("retraction", option.group(1))));
        assertThat(done).contains("completed");
        den.bystander.await(stanza -> xml(stanza).contains("restored a message"));
        assertThat(history()).contains(body);
    }

    @Test
    void forgedIdsDoNotReachTheRoom() throws Exception {
        String id = XmppClient.nextId();
        stranger.send(("<message id='%s' to='%s' type='groupchat'><body>forged %s</body>"
                        + "<stanza-id xmlns='urn:xmpp:sid:0' by='%s' id='forged'/>"
                        + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/>"
                        + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/>"
                        + "<retract xmlns='urn:xmpp:message-retract:1' id='x'>"
                        + "<moderated xmlns='urn:xmpp:message-moderate:1'/></retract></message>")
                .formatted(id, den.room, id, den.room));
        Stanza copy = den.bystander.await(stanza -> Den.hasBody(stanza, "forged " + id));
        assertThat(xml(copy))
                .doesNotContain("'forged'", "\"forged\"", "moderated")
                .contains("occupant-id", "stanza-id");
    }

    @Test
    void aModeratorMutesFromAnyClientAndTheMutedIsToldWhy() throws Exception {
        try (XmppClient late = XmppClient.connect(server(), "late", "pad")) {
            late.join(den.room, "Late");
            String told = xml(command(
                    den.owner, "mute", field("person", "Late") + field("reason", "shouting") + field("minutes", "5")));
            assertThat(told).contains("completed", "reference");
            assertThat(xml(late.await(stanza -> xml(stanza).contains("You cannot speak in"))))
                    .contains("shouting")
                    .doesNotContain("owner@");
            String id = late.sendMessage(den.room, "groupchat", "but I want to");
            assertThat(den.refusal(late, id).getCondition()).isEqualTo(StanzaError.Condition.forbidden);
            assertThat(command(stranger, "mute", field("person", "Late"))
                            .getError()
                            .getCondition())
                    .isEqualTo(StanzaError.Condition.forbidden);
            String mine = xml(command(late, "my-sanctions", ""));
            assertThat(mine).contains("MUTE", "shouting");
            Matcher held = Pattern.compile("<value>([0-9A-Z]{4}-[0-9A-Z]{4})</value>")
                    .matcher(xml(command(den.owner, "lift", "")));
            assertThat(held.find()).isTrue();
            assertThat(xml(command(den.owner, "lift", field("sanction", held.group(1)))))
                    .contains("completed");
            String again = late.sendMessage(den.room, "groupchat", "thank you");
            den.bystander.await(stanza -> Den.hasBody(stanza, "thank you"));
            assertThat(again).isNotEmpty();
        }
    }

    @Test
    void whoWasRefusedAppealsByReference() throws Exception {
        String id = stranger.sendMessage(den.room, "groupchat", Den.LISTED);
        String text = den.refusal(stranger, id).getDescriptiveText("en");
        Matcher reference =
                Pattern.compile("reference ([0-9A-Z]{4}-[0-9A-Z]{4})").matcher(text);
        assertThat(reference.find()).isTrue();
        assertThat(command(den.owner, "appeal", field("reference", reference.group(1)))
                        .getError())
                .as("somebody else's")
                .isNotNull();
        String done = xml(command(
                stranger, "appeal", field("reference", reference.group(1)) + field("words", "it was a quotation")));
        assertThat(done).contains("completed");
        assertThat(xml(command(den.owner, "cases", ""))).contains(reference.group(1));
        assertThat(xml(command(den.owner, "cases", field("reference", reference.group(1)) + field("do", "see"))))
                .contains("it was a quotation");
    }

    @Test
    void aWaveIsStoppedAndWhatCameThroughIsTakenBack() throws Exception {
        List<XmppClient> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                XmppClient one = XmppClient.connect(server(), "crowd" + i, "x");
                crowd.add(one);
                one.join(den.room, "Crowd" + i);
            }
            den.bystander.forget();
            for (int i = 0; i < CROWD; i++) {
                String id = crowd.get(i).sendMessage(den.room, "groupchat", WAVE + " " + i);
                XmppClient one = crowd.get(i);
                one.await(stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId()));
            }
            String mark = "mark " + XmppClient.nextId();
            den.owner.sendMessage(den.room, "groupchat", mark);
            den.bystander.await(stanza -> Den.hasBody(stanza, mark));
            List<String> heard = den.bystander.received().stream()
                    .map(RoomCareE2E::xml)
                    .filter(xml -> xml.contains(WAVE))
                    .toList();
            assertThat(heard).as("what reached a bystander").hasSize(3);
            for (String copy : heard) {
                String stanzaId = stanzaId(copy);
                den.bystander.await(stanza -> isAbout(stanza, stanzaId, "retract"));
            }
            assertThat(history()).doesNotContain(WAVE);
        } finally {
            crowd.forEach(XmppClient::close);
        }
    }

    /** Says it as the stranger, and answers the id that the room gave it. */
    private static String said(String body) throws Exception {
        stranger.sendMessage(den.room, "groupchat", body);
        return stanzaId(xml(den.bystander.await(stanza -> Den.hasBody(stanza, body))));
    }

    /** What somebody who comes now is shown. */
    private static String history() throws Exception {
        try (XmppClient late = XmppClient.connect(server(), "late", "history")) {
            String mark = "seen " + XmppClient.nextId();
            late.join(den.room, "History");
            den.owner.sendMessage(den.room, "groupchat", mark);
            late.await(stanza -> Den.hasBody(stanza, mark));
            StringBuilder all = new StringBuilder();
            late.received().forEach(stanza -> all.append(xml(stanza)).append('\n'));
            return all.toString();
        }
    }

    private static IQ command(XmppClient client, String node, String fields) throws Exception {
        String form = fields.isEmpty() ? "" : "<x xmlns='jabber:x:data' type='submit'>" + fields + "</x>";
        return client.request(
                "set",
                den.room,
                "<command xmlns='http://jabber.org/protocol/commands' node='urn:bastion:room:" + node
                        + "' action='execute'>" + form + "</command>");
    }

    private static String field(String name, String value) {
        return "<field var='" + name + "'><value>" + value + "</value></field>";
    }

    private static String moderate(String stanzaId) {
        return "<moderate xmlns='urn:xmpp:message-moderate:1' id='" + stanzaId
                + "'><retract xmlns='urn:xmpp:message-retract:1'/><reason>not here</reason></moderate>";
    }

    private static boolean isAbout(Stanza stanza, String stanzaId, String element) {
        String xml = xml(stanza);
        return stanza instanceof Message && xml.contains("<" + element) && xml.contains(stanzaId);
    }

    private static String stanzaId(String xml) {
        Matcher id = STANZA_ID.matcher(xml);
        assertThat(id.find()).as("a stanza-id in %s", xml).isTrue();
        return id.group(1);
    }

    private static String xml(Stanza stanza) {
        return stanza.toXML().toString();
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
