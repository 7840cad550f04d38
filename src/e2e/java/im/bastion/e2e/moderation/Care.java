// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.packet.IQ;

/** What moderators and users ask of a room: retractions in both versions, commands, reports. */
final class Care {
    private static final Pattern STANZA_ID = Pattern.compile("<stanza-id[^>]*\\bid=['\"]([^'\"]+)['\"]");
    private static final Pattern OCCUPANT_ID = Pattern.compile("<occupant-id[^>]*\\bid=['\"]([^'\"]+)['\"]");

    private Care() {}

    /** XEP-0425, namespace :1. */
    static String moderate(String stanzaId) {
        return "<moderate xmlns='urn:xmpp:message-moderate:1' id='" + stanzaId
                + "'><retract xmlns='urn:xmpp:message-retract:1'/><reason>not here</reason></moderate>";
    }

    /** XEP-0425, namespace :0. */
    static String moderateOlder(String stanzaId) {
        return "<apply-to xmlns='urn:xmpp:fasten:0' id='" + stanzaId
                + "'><moderate xmlns='urn:xmpp:message-moderate:0'>"
                + "<retract xmlns='urn:xmpp:message-retract:0'/></moderate></apply-to>";
    }

    /** A room's command (XEP-0050), its form filled in, or asked for when there are no fields. */
    static IQ command(XmppClient client, String room, String node, String... fields) throws Exception {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append("<field var='%s'><value>%s</value></field>".formatted(fields[i], fields[i + 1]));
        }
        String filled = fields.length == 0 ? "" : "<x xmlns='jabber:x:data' type='submit'>" + form + "</x>";
        return client.request(
                "set",
                room,
                "<command xmlns='http://jabber.org/protocol/commands' node='urn:bastion:room:" + node
                        + "' action='execute'>" + filled + "</command>");
    }

    /** Group chat reporting (ProtoXEP 0.0.1) of an occupant; without the message when its id is empty. */
    static String report(String room, String occupantId, String stanzaId, String words) {
        String message =
                stanzaId.isEmpty() ? "" : "<stanza-id xmlns='urn:xmpp:sid:0' by='" + room + "' id='" + stanzaId + "'/>";
        return "<report-participant xmlns='urn:xmpp:gcreport:0'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='"
                + occupantId + "'/><report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:spam'>" + message
                + "<text>" + words + "</text></report></report-participant>";
    }

    /** The author says it, and the listener receives it: as XML. */
    static String said(Scene scene, XmppClient author, String body) throws Exception {
        author.sendMessage(scene.room, "groupchat", body);
        return awaited(scene, body);
    }

    /** What the listener receives with these words. */
    static String awaited(Scene scene, String words) throws InterruptedException {
        return Scene.xml(scene.bystander.await(stanza -> Scene.xml(stanza).contains(words)));
    }

    static String stanzaId(String xml) {
        return found(STANZA_ID, xml);
    }

    static String occupantId(String xml) {
        return found(OCCUPANT_ID, xml);
    }

    private static String found(Pattern pattern, String xml) {
        Matcher id = pattern.matcher(xml);
        assertThat(id.find()).as("%s in %s", pattern, xml).isTrue();
        return id.group(1);
    }
}
