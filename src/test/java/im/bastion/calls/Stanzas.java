// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.host.StanzaXml;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Stanzas of calls: those of the specifications, and those that known clients send, in the form they have on the wire. */
public final class Stanzas {
    /** As Conversations, Monal and Movim say it (XEP-0320). */
    public static final String DTLS =
            "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>02:1A:CC</fingerprint>";
    /** The same, sealed with OMEMO, as Conversations, Dino and Monal say it; the namespace's spelling is theirs. */
    public static final String VERIFIED =
            """
            <fingerprint xmlns='http://gultsch.de/xmpp/drafts/omemo/dlts-srtp-verification' hash='sha-256' setup='actpass'>\
            <encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='27183'><key rid='31415'>bG92ZQ==</key><iv>aXY=</iv>\
            </header><payload>cGF5bG9hZA==</payload></encrypted></fingerprint>""";

    public static final String WEAK =
            "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-1' setup='actpass'>02:1A:CC</fingerprint>";
    /** XEP-0167 §7. */
    public static final String SDES =
            """
            <encryption required='1'><crypto crypto-suite='AES_CM_128_HMAC_SHA1_80' \
            key-params='inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:32' tag='1'/></encryption>""";

    public static final String HOST =
            "<candidate component='1' foundation='1' generation='0' id='a' ip='10.0.1.1' network='1' port='8998' priority='2130706431' protocol='udp' type='host'/>";
    public static final String REFLEXIVE =
            "<candidate component='1' foundation='2' generation='0' id='b' ip='192.0.2.3' network='1' port='45664' priority='1694498815' protocol='udp' rel-addr='10.0.1.1' rel-port='8998' type='srflx'/>";
    public static final String RELAYED =
            "<candidate component='1' foundation='3' generation='0' id='c' ip='203.0.113.9' network='1' port='49160' priority='16777215' protocol='udp' rel-addr='192.0.2.3' rel-port='45664' type='relay'/>";
    /** As browsers hide an address behind mDNS. */
    public static final String HIDDEN =
            "<candidate component='1' foundation='4' generation='0' id='d' ip='6c1f5a5e-8a3b.local' network='1' port='5000' priority='1' protocol='udp' type='host'/>";

    private Stanzas() {}

    /** A content with media. */
    public static String content(String name, String media, String inDescription, String inTransport) {
        return """
                <content creator='initiator' name='%s'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='%s'>\
                <payload-type id='111' name='opus' clockrate='48000' channels='2'/>%s</description>\
                <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' pwd='asd88fgpdd777uzjYhagZg' ufrag='8hhy'>%s</transport>\
                </content>"""
                .formatted(name, media, inDescription, inTransport);
    }

    /** A content of which only the transport is spoken. */
    public static String transport(String name, String inTransport) {
        return """
                <content creator='initiator' name='%s'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' \
                pwd='asd88fgpdd777uzjYhagZg' ufrag='8hhy'>%s</transport></content>"""
                .formatted(name, inTransport);
    }

    /** A file that is offered (XEP-0234). */
    public static String file() {
        return """
                <content creator='initiator' name='a-file'><description xmlns='urn:xmpp:jingle:apps:file-transfer:5'>\
                <file><name>tears.txt</name><size>6144</size></file></description>\
                <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' pwd='p' ufrag='u'>%s</transport></content>"""
                .formatted(HOST);
    }

    public static Element iqElement(String action, String sid, String children) {
        return StanzaXml.parse(
                "<iq type='set' id='j1'><jingle xmlns='urn:xmpp:jingle:1' action='%s' sid='%s'>%s</jingle></iq>"
                        .formatted(action, sid, children));
    }

    public static IQ iq(JID from, JID to, String action, String sid, String children) {
        IQ iq = new IQ(iqElement(action, sid, children), true);
        iq.setFrom(from);
        iq.setTo(to);
        return iq;
    }

    public static Message invitation(JID from, JID to, String step, String sid) {
        Message message = new Message(
                StanzaXml.parse(
                        "<message type='chat' id='m1'><%s xmlns='urn:xmpp:jingle-message:0' id='%s'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></%s><store xmlns='urn:xmpp:hints'/></message>"
                                .formatted(step, sid, step)),
                true);
        message.setFrom(from);
        message.setTo(to);
        return message;
    }
}
