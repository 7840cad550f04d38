// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static im.bastion.omemo.Stanza.element;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.omemo.wire.KeyExchangeTest;
import im.bastion.policy.Verdict;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What messages that begin sessions give away, where an admin wants to know. */
class KeyExchangeWatchTest extends DeviceStage {
    private static final JID MERCUTIO = new JID("mercutio@home.example/square");

    @Test
    void nothingIsLookedAtUnlessAnAdminWantsIt() throws Exception {
        romeoHasKeys();
        settings.set(OmemoSettings.WATCH_EXCHANGES, false);

        send(JULIET, 7, 1, 1);
        send(MERCUTIO, 8, 1, 1);

        assertThat(warnings()).isEmpty();
    }

    @Test
    void aPreKeyThatTwoSendersUseIsNoted() throws Exception {
        romeoHasKeys();

        send(JULIET, 7, 5, 1);
        send(JULIET, 7, 5, 1);
        assertThat(warnings()).noneMatch(warning -> warning.startsWith("pre key used twice"));

        send(MERCUTIO, 8, 5, 1);
        assertThat(warnings()).contains("pre key used twice, from mercutio@home.example 8");
    }

    @Test
    void aNewBundleMakesItsPreKeysNewToo() throws Exception {
        romeoHasKeys();
        send(JULIET, 7, 5, 1);
        clock.move(Duration.ofMinutes(1));
        publish(PHONE, 101, TestBundle.of(LEGACY, 2, 25));
        settle();

        send(MERCUTIO, 8, 5, 1);

        assertThat(warnings()).noneMatch(warning -> warning.startsWith("pre key used twice"));
    }

    @Test
    void anOldSignedPreKeyIsNoted() throws Exception {
        romeoHasKeys();

        send(JULIET, 7, 5, 99);

        assertThat(warnings()).contains("old signed pre key, from juliet@home.example 7");
    }

    @Test
    void anIdentityKeyThatIsNotTheSendersIsNoted() throws Exception {
        romeoHasKeys();
        settle();

        // Romeo's phone begins a session with another identity key than in its bundle; his tablet is on no list.
        send(PHONE, 101, 5, 1);
        send(PHONE, 404, 6, 1);

        assertThat(warnings())
                .contains(
                        "other identity, from romeo@home.example 101",
                        "sender not listed, from romeo@home.example 404");
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws Exception {
        romeoHasKeys();

        judge(JULIET, message(JULIET, 7, "AAAA"));
        judge(JULIET, message(JULIET, 7, "!"));

        assertThat(warnings()).isEmpty();
    }

    private void romeoHasKeys() throws Exception {
        settings.set(OmemoSettings.WATCH_EXCHANGES, true);
        publish(PHONE, 101, TestBundle.of(LEGACY, 1, 25));
        publish(PHONE, LEGACY, 101);
        settle();
    }

    private void send(JID sender, int device, int preKey, int signedPreKey) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(KeyExchangeTest.legacy(preKey, signedPreKey));
        judge(sender, message(sender, device, base64));
        settle();
    }

    private void judge(JID sender, Message message) {
        assertThat(feature.guard()
                        .judge(new Passage(Point.HANDLED, message, sender, ROMEO, sender, null, Interest.OMEMO)))
                .isEqualTo(Verdict.PASS);
    }

    private static Message message(JID sender, int device, String key) {
        Message message = new Message();
        message.setFrom(sender);
        message.setTo(ROMEO);
        message.getElement()
                .add(element("<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='" + device
                        + "'><key rid='101' prekey='true'>" + key + "</key><iv/></header></encrypted>"));
        return message;
    }

    private List<String> warnings() {
        return audit.stream()
                .filter(event -> event.action().equals("key-exchange-warning"))
                .map(AuditEvent::detail)
                .toList();
    }
}
