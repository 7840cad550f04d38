// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.iq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** What a user can do from any client. */
class DeviceCommandsTest extends DeviceStage {
    private static final String COMMANDS = "http://jabber.org/protocol/commands";

    @BeforeEach
    void twoDevices() throws Exception {
        publish(PHONE, 101, TestBundle.of(OMEMO_2, 1, 25));
        publish(PHONE, OMEMO_2, 101);
        publish(LAPTOP, OMEMO_2, 101, 202);
        settle();
    }

    @Test
    void theAccountAndTheServerListThem() {
        IQ own = iq("<iq type='get' id='1'><query xmlns='http://jabber.org/protocol/disco#items' node='" + COMMANDS
                + "'/></iq>");
        IQ servers = iq("<iq type='result' id='2' from='home.example'><query"
                + " xmlns='http://jabber.org/protocol/disco#items' node='" + COMMANDS
                + "'><item jid='home.example' node='theirs'/></query></iq>");

        Verdict verdict = ask(own, null, Interest.DISCO);
        feature.guard()
                .judge(new Passage(
                        Point.DELIVERING, servers, new JID("home.example"), PHONE, PHONE, null, Interest.DISCO));

        assertThat(((Verdict.Answer) verdict).answer().toXML())
                .contains("jid=\"romeo@home.example\"", "urn:bastion:account:devices");
        assertThat(servers.toXML()).contains("theirs", "urn:bastion:account:revoke-device");
    }

    @Test
    void devicesAreShownWithTheirFingerprints() {
        String shown = run("devices", "");

        assertThat(shown).contains("Device 101", "Device 202").containsPattern("[0-9a-f]{8}( [0-9a-f]{8}){7}");
    }

    @Test
    void aDeviceIsRevokedAndAdmitted() {
        assertThat(run("revoke-device", "")).contains("<value>202</value>");
        assertThat(run("revoke-device", "202")).contains("Device 202 is revoked");
        assertThat(stored(OMEMO_2)).containsExactly(101);

        assertThat(run("admit-device", "202")).contains("may come back");
        assertThat(publish(LAPTOP, OMEMO_2, 101, 202)).isNull();
    }

    @Test
    void aRevokedDeviceCannotAdmitItself() {
        run("revoke-device", "202");

        assertThat(run(LAPTOP, "admit-device", "202")).contains("bad-request");
    }

    @Test
    void aDeviceThatIsNotTheirsIsNotTouched() {
        assertThat(run("revoke-device", "999")).contains("bad-request").contains("one of the devices shown");
    }

    @Test
    void commandsOfOthersAreLeftToTheHost() {
        IQ theirs = iq("<iq type='set' id='1' to='home.example'><command xmlns='" + COMMANDS + "' node='x'/></iq>");
        IQ elsewhere = iq("<iq type='set' id='1' to='juliet@home.example'><command xmlns='" + COMMANDS
                + "' node='urn:bastion:account:devices'/></iq>");

        assertThat(ask(theirs, theirs.getTo(), Interest.COMMAND)).isEqualTo(Verdict.PASS);
        assertThat(ask(elsewhere, elsewhere.getTo(), Interest.COMMAND)).isEqualTo(Verdict.PASS);
    }

    private String run(String command, String device) {
        return run(PHONE, command, device);
    }

    private String run(JID client, String command, String device) {
        String filled = device.isEmpty()
                ? ""
                : "<x xmlns='jabber:x:data' type='submit'><field var='device'><value>" + device
                        + "</value></field></x>";
        IQ request = iq("<iq type='set' id='c' to='home.example'><command xmlns='" + COMMANDS
                + "' node='urn:bastion:account:" + command + "'>" + filled + "</command></iq>");
        host.stanzas().forget();
        assertThat(feature.guard()
                        .judge(new Passage(
                                Point.ENTERING, request, client, request.getTo(), client, null, Interest.COMMAND)))
                .isEqualTo(Verdict.SWALLOW);
        await().until(() -> host.stanzas().sent().stream().anyMatch(IQ.class::isInstance));
        return host.stanzas().sent().stream()
                .filter(IQ.class::isInstance)
                .findFirst()
                .orElseThrow()
                .toXML();
    }

    private Verdict ask(IQ request, JID to, int classes) {
        return feature.guard().judge(new Passage(Point.ENTERING, request, PHONE, to, PHONE, null, classes));
    }
}
