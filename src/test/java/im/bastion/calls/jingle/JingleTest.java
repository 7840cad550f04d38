// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.calls.Stanzas;
import im.bastion.host.StanzaXml;
import im.bastion.policy.IpLiteral;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;

/** What is read from the stanzas of the specifications and of known clients. */
class JingleTest {
    /** XEP-0320, example "Initiator sends session invitation with DTLS fingerprint". */
    private static final String XEP_0320 =
            """
            <iq from='romeo@montague.lit/orchard' id='uz61v4m4' to='juliet@capulet.lit/balcony' type='set'>
              <jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' initiator='romeo@montague.lit/orchard'
                      sid='a73sjjvkla37jfea'>
                <content creator='initiator' name='voice'>
                  <description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>
                    <payload-type id='96' name='speex' clockrate='16000'/>
                  </description>
                  <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' pwd='asd88fgpdd777uzjYhagZg' ufrag='8hhy'>
                    <fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>
                      02:1A:CC:54:27:AB:EB:9C:53:3F:3E:4B:65:2E:7D:46:3F:54:42:CD:54:F1:7A:03:A2:7D:F9:B0:7F:46:19:B2
                    </fingerprint>
                    <candidate component='1' foundation='1' generation='0' id='el0747fg11' ip='10.0.1.1' network='1'
                               port='8998' priority='2130706431' protocol='udp' type='host'/>
                    <candidate component='1' foundation='2' generation='0' id='y3s2b30v3r' ip='192.0.2.3' network='1'
                               port='45664' priority='1694498815' protocol='udp' rel-addr='10.0.1.1' rel-port='8998'
                               type='srflx'/>
                  </transport>
                </content>
              </jingle>
            </iq>""";

    @Test
    void theExampleOfXep0320IsRead() {
        Jingle jingle = Jingle.read(StanzaXml.parse(XEP_0320));

        assertThat(jingle.action()).isEqualTo(Action.SESSION_INITIATE);
        assertThat(jingle.sid()).isEqualTo("a73sjjvkla37jfea");
        Content voice = jingle.contents().get(0);
        assertThat(voice.name()).isEqualTo("voice");
        assertThat(voice.media()).isEqualTo("audio");
        assertThat(voice.keying()).isEqualTo(new Keying(true, false, false, false));
        assertThat(voice.candidates()).containsExactly(IpLiteral.parse("10.0.1.1"), IpLiteral.parse("192.0.2.3"));
    }

    @Test
    void aFingerprintSealedWithOmemoIsOne() {
        assertThat(keying("", Stanzas.VERIFIED)).isEqualTo(new Keying(true, true, false, false));
        assertThat(keying("", Stanzas.VERIFIED.replace("encrypted", "sealed"))).isEqualTo(Keying.NONE);
    }

    @Test
    void hashesThatCanBeForgedAndKeysThatServersReadAreToldApart() {
        assertThat(keying("", Stanzas.WEAK)).isEqualTo(new Keying(false, false, true, false));
        assertThat(keying("", Stanzas.WEAK.replace("sha-1", "md5")).weak()).isTrue();
        assertThat(keying("", Stanzas.DTLS.replace("sha-256", "SHA-512")).strong())
                .isTrue();
        assertThat(keying("", Stanzas.WEAK.replace(" hash='sha-1'", "")).strong())
                .isFalse();
        assertThat(keying(Stanzas.SDES, "")).isEqualTo(new Keying(false, false, false, true));
        assertThat(keying("<encryption/>", "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256'/>"))
                .isEqualTo(Keying.NONE);
    }

    @Test
    void oneContentOfABundleSpeaksForAll() {
        String bundle =
                "<group xmlns='urn:xmpp:jingle:apps:grouping:0' semantics='BUNDLE'><content name='0'/><content name='1'/></group>";
        String contents = Stanzas.content("0", "audio", "", Stanzas.DTLS) + Stanzas.content("1", "video", "", "");

        Jingle bundled = Jingle.read(Stanzas.iqElement("session-initiate", "s", contents + bundle));
        Jingle apart = Jingle.read(Stanzas.iqElement("session-initiate", "s", contents));

        assertThat(bundled.contents()).allMatch(content -> content.keying().strong());
        assertThat(apart.contents().get(1).keying()).isEqualTo(Keying.NONE);
    }

    @Test
    void namesThatHideAnAddressAreNoAddress() {
        Jingle jingle = Jingle.read(
                Stanzas.iqElement("transport-info", "s", Stanzas.transport("0", Stanzas.HIDDEN + Stanzas.RELAYED)));

        assertThat(jingle.contents().get(0).candidates()).containsExactly(IpLiteral.parse("203.0.113.9"));
    }

    @Test
    void relayedAddressesAreKeptWithoutTheOneBehindThem() {
        Element iq = Stanzas.iqElement(
                "session-initiate",
                "s",
                Stanzas.content(
                        "0",
                        "audio",
                        "",
                        Stanzas.DTLS + Stanzas.HOST + Stanzas.REFLEXIVE + Stanzas.RELAYED + Stanzas.HIDDEN));

        assertThat(Candidates.keepRelayed(iq.element("jingle").element("content")))
                .isEqualTo(3);
        assertThat(iq.asXML())
                .contains("203.0.113.9", "fingerprint")
                .doesNotContain("10.0.1.1")
                .doesNotContain("192.0.2.3")
                .doesNotContain(".local")
                .doesNotContain("rel-addr");
    }

    @Test
    void whatIsNoRequestOfASessionIsNotRead() {
        Element noSid = Stanzas.iqElement("session-initiate", "s", "");
        noSid.element("jingle").addAttribute("sid", null);
        Element result = Stanzas.iqElement("session-initiate", "s", "");
        result.addAttribute("type", "result");

        assertThat(Jingle.read(noSid)).isNull();
        assertThat(Jingle.read(result)).isNull();
        assertThat(Jingle.read(Stanzas.iqElement("session-delight", "s", ""))).isNull();
        assertThat(Jingle.read(Stanzas.iqElement("session-info", "s".repeat(257), "")))
                .isNull();
        assertThat(Jingle.read(StanzaXml.parse("<iq type='set'/>"))).isNull();
    }

    @Test
    void invitationsOfXep0353AreRead() {
        Element proposal = StanzaXml.parse(
                """
                <message from='romeo@montague.example/orchard' to='juliet@capulet.example' type='chat'>
                  <propose xmlns='urn:xmpp:jingle-message:0' id='ca3cf894-5325-482f-a412-a6e9f832298d'>
                    <description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/>
                  </propose>
                  <store xmlns="urn:xmpp:hints"/>
                </message>""");

        Invitation invitation = Invitation.read(proposal);

        assertThat(invitation.step()).isEqualTo(Invitation.Step.PROPOSE);
        assertThat(invitation.sid()).isEqualTo("ca3cf894-5325-482f-a412-a6e9f832298d");
        assertThat(invitation.media()).containsExactly("audio");
        assertThat(Invitation.read(StanzaXml.parse("<message><body>hello</body></message>")))
                .isNull();
    }

    private static Keying keying(String inDescription, String inTransport) {
        return Jingle.read(Stanzas.iqElement(
                        "session-initiate", "s", Stanzas.content("0", "audio", inDescription, inTransport)))
                .contents()
                .get(0)
                .keying();
    }
}
